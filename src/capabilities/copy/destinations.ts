import { PullmendError } from '../../core/base/index.ts';
import {
  formatAddress,
  isLocal,
  isTag,
  originalName,
  type ImageAddress,
  type LocalImage,
  type Reference,
} from '../../core/image/index.ts';
import { isMirrored, mirrorReference, originalReference } from '../../core/knowledge/mirrors/index.ts';
import type { Mirror, MirrorSet } from '../../core/model/index.ts';
import { taggedLike } from './pairs.ts';

/** Where an image goes, under the one name that is given. */
export function targetOf(destination: ImageAddress, source: ImageAddress, several: boolean): ImageAddress {
  if (!isLocal(destination)) return taggedLike(tagged(source), destination);
  if (destination.tag !== undefined) return destination;
  return { ...destination, tag: nameThere(destination, source, several) };
}

/**
 * Where an image goes below a path of a registry: under the name that a mirror of the configuration at that place gives
 * it, which is where it will be looked for; else under its own. Throws PM_COPY_NO_TARGET for an image of this machine
 * that has no full name.
 */
export function placeBelow(
  { mirrors }: MirrorSet,
  destination: string,
  source: ImageAddress,
): { readonly target: Reference; readonly mirror?: string } {
  const plain = below(destination, source);
  const name = isLocal(source) ? originalName(source) : source;
  if (name === undefined) return { target: plain };
  const original =
    mirrors.map((mirror) => originalReference(mirror, name)).find((it) => it !== undefined) ?? name;
  for (const mirror of mirrors) {
    const target = isAt(mirror, plain) ? mirrorReference(mirror, original) : undefined;
    if (target !== undefined && isUnder(destination, target))
      return { target: taggedLike(name, target), mirror: mirror.name };
  }
  return { target: plain };
}

/** A place that is wider than the mirror's own is another place; a proxy project takes no copies. */
function isAt(mirror: Mirror, name: Reference): boolean {
  return mirror.scheme !== 'harbor-proxy' && (mirror.at === '' || isMirrored(mirror, name));
}

function isUnder(destination: string, target: Reference): boolean {
  const sample = below(destination, { registry: '', repository: 'x' });
  return (
    sample.registry === target.registry &&
    target.repository.startsWith(sample.repository.slice(0, -'x'.length))
  );
}

/** `docker load` wants whole names; in a layout of one image its tag is enough. */
function nameThere({ form }: LocalImage, source: ImageAddress, several: boolean): string {
  if (isLocal(source)) return source.tag ?? source.digest ?? 'latest';
  const whole = several || form === 'docker-archive' || source.tag === undefined;
  return whole ? formatAddress(withTag(source)) : source.tag;
}

function withTag(source: Reference): Reference {
  return source.digest === undefined ? { tag: 'latest', ...source } : source;
}

/** An image of this machine as a reference, for its tag and digest. */
function tagged(source: ImageAddress): Reference {
  if (!isLocal(source)) return source;
  const { tag, digest } = originalName(source) ?? source;
  const kept = tag !== undefined && isTag(tag);
  return { registry: '', repository: '', ...(kept && { tag }), ...(digest !== undefined && { digest }) };
}

export function below(destination: string, source: ImageAddress): Reference {
  const [registry = '', ...path] = destination.split('/').filter((part) => part !== '');
  const name = isLocal(source) ? originalName(source) : source;
  if (name === undefined) throw new PullmendError('PM_COPY_NO_TARGET', { image: formatAddress(source) });
  return taggedLike(name, { registry, repository: [...path, name.repository].join('/') });
}

/** Throws PM_MIRROR_NOT_WRITABLE. */
export function writableMirror({ mirrors }: MirrorSet, name: string): Mirror {
  const writable = mirrors.filter((mirror) => mirror.writable);
  const found = writable.find((mirror) => mirror.name === name);
  if (found !== undefined) return found;
  const known = writable.map((mirror) => mirror.name).join(', ');
  throw new PullmendError('PM_MIRROR_NOT_WRITABLE', { mirror: name, known });
}

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
import type { Mirror, MirrorSet } from '../../core/model/index.ts';
import { taggedLike } from './pairs.ts';

/**
 * Where an image goes: under the name that is given, or below a path of a registry. Throws PM_COPY_NO_TARGET for an
 * image of this machine that goes below a path and has no full name.
 */
export function targetOf(
  destination: string | ImageAddress,
  source: ImageAddress,
  several: boolean,
): ImageAddress {
  if (typeof destination === 'string') return below(destination, source);
  if (!isLocal(destination)) return taggedLike(tagged(source), destination);
  if (destination.tag !== undefined) return destination;
  return { ...destination, tag: nameThere(destination, source, several) };
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

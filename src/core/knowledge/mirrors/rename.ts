import {
  formatReference,
  parseReference,
  repositoryMatches,
  repositoryName,
  sameRegistry,
  tryParseReference,
  type Reference,
} from '../../image/index.ts';
import type { Mirror } from '../../model/index.ts';
import { isBelow, placesItself, schemes } from './schemes.ts';

/**
 * The mirror's name of an image; tag and digest are kept. `undefined` when the mirror does not serve it: no glob
 * matches, the scheme has no name for it, or it is one of the mirror's own images already.
 */
export function mirrorReference(mirror: Mirror, original: Reference): Reference | undefined {
  const registry = sameRegistry(original.registry);
  const own = mirroredName(mirror, original);
  return (
    own ?? (registry === original.registry ? undefined : mirroredName(mirror, { ...original, registry }))
  );
}

function mirroredName(mirror: Mirror, original: Reference): Reference | undefined {
  if (!repositoryMatches(mirror.match, repositoryName(original))) return undefined;
  if (isBelow(mirror.at, original)) return undefined;
  const name = schemes[mirror.scheme].forward(mirror, original);
  const named = name === undefined ? undefined : tryParseReference(name);
  if (named === undefined) return undefined;
  const tag = placesItself(mirror, 'tag') ? named.tag : (named.tag ?? original.tag);
  const digest = placesItself(mirror, 'digest') ? named.digest : original.digest;
  const mirrored = withTagAndDigest(named, tag, digest);
  return sameName(mirrored, original) ? undefined : mirrored;
}

/**
 * The original of a mirrored name, where the scheme can be turned round; `undefined` when it cannot, or when the
 * name is not one that this mirror gives.
 */
export function originalReference(mirror: Mirror, mirrored: Reference): Reference | undefined {
  const name = schemes[mirror.scheme].inverse?.(mirror, mirrored);
  const named = name === undefined ? undefined : tryParseReference(name);
  if (named === undefined) return undefined;
  const original = withTagAndDigest(named, mirrored.tag, mirrored.digest);
  const back = mirrorReference(mirror, original);
  return back !== undefined && sameName(back, mirrored) ? original : undefined;
}

/** Does the name stand on the mirror already: below `at`, on a host of its aliases, or among its names. */
export function isMirrored(mirror: Mirror, name: Reference): boolean {
  if (mirror.scheme === 'host-alias') return mirrorHosts(mirror).includes(name.registry);
  if (mirror.scheme === 'names') return Object.values(mirror.names ?? {}).includes(repositoryName(name));
  return isBelow(mirror.at, name);
}

/** Hosts (`host[:port]`) that the mirror's names can be on. */
export function mirrorHosts(mirror: Mirror): readonly string[] {
  if (mirror.scheme === 'host-alias') return [...new Set(Object.values(mirror.aliases ?? {}))];
  if (mirror.scheme === 'names') {
    return [...new Set(Object.values(mirror.names ?? {}).map((name) => parseReference(name).registry))];
  }
  const sample = tryParseReference(`${mirror.at}/x/x`);
  return sample === undefined ? [] : [sample.registry];
}

/** Originals that the mirror would give one name, which the same tag would then hide from one another. */
export function collisions(
  mirror: Mirror,
  originals: readonly Reference[],
): readonly { readonly mirrored: string; readonly originals: readonly string[] }[] {
  const byName = new Map<string, Set<string>>();
  for (const original of originals) {
    const mirrored = mirrorReference(mirror, original);
    if (mirrored === undefined) continue;
    const name = formatReference(mirrored);
    byName.set(name, (byName.get(name) ?? new Set()).add(formatReference(original)));
  }
  return [...byName]
    .filter(([, names]) => names.size > 1)
    .map(([mirrored, names]) => ({ mirrored, originals: [...names] }));
}

function withTagAndDigest(name: Reference, tag: string | undefined, digest: string | undefined): Reference {
  return {
    registry: name.registry,
    repository: name.repository,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}

function sameName(a: Reference, b: Reference): boolean {
  return formatReference(a) === formatReference(b);
}

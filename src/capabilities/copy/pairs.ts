import { PullmendError } from '../../core/base/index.ts';
import { formatAddress, formatReference, type Reference } from '../../core/image/index.ts';
import { mirrorReference } from '../../core/knowledge/mirrors/index.ts';
import type { Mirror } from '../../core/model/index.ts';
import { tagChosen, type ListEntry } from '../../core/knowledge/copy-lists/index.ts';
import type { CopyPair } from './types.ts';

/** Tags of a repository, asked for only where a list does not name them. */
export type ListTags = (repository: Reference) => Promise<readonly string[]>;

/**
 * The images of a list with their destinations: as the list says, else the mirror's name of each. Throws
 * PM_COPY_NO_TARGET, and PM_COPY_SAME_TARGET when two images would overwrite one another.
 */
export async function pairsOf(
  entries: readonly ListEntry[],
  mirror: Mirror | undefined,
  listTags: ListTags,
): Promise<readonly CopyPair[]> {
  const pairs = await Promise.all(
    entries.map(async (entry) => {
      const sources = await sourcesOf(entry, listTags);
      return sources.flatMap((source) =>
        targetsOf(source, entry, mirror).map((target) => ({ source, target: taggedLike(source, target) })),
      );
    }),
  );
  return distinct(pairs.flat());
}

/** The images that an entry means: itself, or the tags of its repository. */
export async function sourcesOf(
  { source, tags }: ListEntry,
  listTags: ListTags,
): Promise<readonly Reference[]> {
  if (tags === undefined) return [source];
  const { registry, repository } = source;
  const names = await listTags({ registry, repository });
  return names.filter((tag) => tagChosen(tag, tags)).map((tag) => ({ registry, repository, tag }));
}

function targetsOf(
  source: Reference,
  { targets }: ListEntry,
  mirror: Mirror | undefined,
): readonly Reference[] {
  if (targets.length > 0) return targets;
  const mirrored = mirror === undefined ? undefined : mirrorReference(mirror, source);
  if (mirrored === undefined)
    throw new PullmendError('PM_COPY_NO_TARGET', { image: formatReference(source) });
  return [mirrored];
}

/** A destination without tag and digest keeps those of the source. */
export function taggedLike(source: Reference, target: Reference): Reference {
  if (target.tag !== undefined || target.digest !== undefined) return target;
  const { tag = source.digest === undefined ? 'latest' : undefined, digest } = source;
  return { ...target, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** Throws PM_COPY_SAME_TARGET when two images would overwrite one another. */
export function distinct(pairs: readonly CopyPair[]): readonly CopyPair[] {
  const byTarget = new Map<string, CopyPair>();
  for (const pair of pairs) {
    const target = formatAddress(pair.target);
    const images = [byTarget.get(target) ?? pair, pair].map((it) => formatAddress(it.source));
    if (images[0] !== images[1]) {
      throw new PullmendError('PM_COPY_SAME_TARGET', { target, images: images.join(', ') });
    }
    byTarget.set(target, pair);
  }
  return [...byTarget.values()];
}

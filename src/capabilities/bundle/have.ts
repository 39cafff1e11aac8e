import { parseBundle } from '../../adapters/oci/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { isDigest, isReferrersTag, tryParseReference, repositoryName } from '../../core/image/index.ts';
import type { Inventory } from './diff.ts';

/** What the far side has: its blobs, each with a repository there that holds it where that is known. */
export type Have = ReadonlyMap<string, string | undefined>;

/**
 * Reads the index of an earlier bundle, or a list of digests, one a line: what stands behind a digest is a comment, or
 * the repository that holds it. Throws PM_LIST_BROKEN, PM_BUNDLE_BROKEN, PM_BUNDLE_NEWER.
 */
export function readHave(text: string, file: string): Inventory & { readonly blobs: Have } {
  if (text.trimStart().startsWith('{')) {
    const { blobs, needs, images } = parseBundle(text, file);
    return {
      images: new Map(
        images.filter(({ name }) => !isReferrersTag(name)).map(({ name, digest }) => [name, digest]),
      ),
      // What that bundle left out was there before it.
      blobs: new Map([...needs, ...blobs].map((blob) => [blob.digest, blob.in])),
    };
  }
  const blobs = new Map<string, string | undefined>();
  for (const [at, line] of text.split('\n').entries()) {
    const [digest = '', holder = ''] = line.replace(/#.*$/, '').trim().split(/\s+/);
    if (digest === '') continue;
    if (!isDigest(digest)) {
      const reason = `"${digest.slice(0, 80)}" is no digest`;
      throw new PullmendError('PM_LIST_BROKEN', { file, line: at + 1, column: 1, reason });
    }
    const repository = tryParseReference(holder);
    blobs.set(digest, repository && repositoryName(repository));
  }
  return { images: new Map(), blobs };
}

import { PullmendError } from '../../base/index.ts';
import { formatReference, tryParseReference } from '../../image/index.ts';

/** Digests that images are known to have, by normalised reference. */
export type KnownDigests = Readonly<Record<string, readonly string[]>>;

/**
 * Reads lines `image@sha256:…`, as `images -o list --digests` writes them; empty ones and comments are skipped. An image
 * may stand there with several digests. Throws PM_FILE_UNREADABLE with the line.
 */
export function parseKnownDigests(text: string, file: string): KnownDigests {
  const known = new Map<string, Set<string>>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const written = line.trim();
    if (written === '' || written.startsWith('#')) continue;
    const named = tryParseReference(written);
    if (named?.digest === undefined) {
      const reason = `line ${index + 1} is no image with a digest (image@sha256:…)`;
      throw new PullmendError('PM_FILE_UNREADABLE', { file, reason });
    }
    const { registry, repository, digest, tag = 'latest' } = named;
    const image = formatReference({ registry, repository, tag });
    known.set(image, (known.get(image) ?? new Set()).add(digest));
  }
  return Object.fromEntries([...known].map(([image, digests]) => [image, [...digests]]));
}

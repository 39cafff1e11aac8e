import { PullmendError } from '../../core/base/index.ts';
import {
  digestOf,
  formatAddress,
  formatPlatform,
  isLocal,
  missingPlatforms,
  platformMatches,
  readManifest,
  type ImageAddress,
  type Manifest,
} from '../../core/image/index.ts';
import type { ManifestContent } from './types.ts';

type Fetched = ManifestContent & { readonly manifest: Manifest };

/**
 * An index with the wanted platforms alone; it has another digest. Everything else in it stays. Without wishes, and for
 * what is no index, the same. Throws PM_REGISTRY_PLATFORM_MISSING.
 */
export function withPlatforms(fetched: Fetched, wanted: readonly string[], address: ImageAddress): Fetched {
  const { manifest, bytes, mediaType } = fetched;
  if (wanted.length === 0 || manifest.kind === 'image') return fetched;
  const offered = manifest.manifests.flatMap(({ platform }) =>
    platform === undefined ? [] : [formatPlatform(platform)],
  );
  const missing = missingPlatforms(wanted, offered);
  if (missing.length > 0) {
    const where = `${formatAddress(address)}: no ${missing.join(', ')}, only ${offered.join(', ')}`;
    throw new PullmendError(
      'PM_REGISTRY_PLATFORM_MISSING',
      { who: isLocal(address) ? address.path : address.registry },
      { where },
    );
  }
  const kept = manifest.manifests.map(
    ({ platform }) => platform !== undefined && wanted.some((it) => platformMatches(it, platform)),
  );
  if (!kept.includes(false)) return fetched;
  const index = JSON.parse(Buffer.from(bytes).toString('utf8')) as { readonly manifests: readonly unknown[] };
  const manifests = index.manifests.filter((_, at) => kept[at]);
  const filtered = Buffer.from(JSON.stringify({ ...index, manifests }));
  const read = readManifest(filtered, mediaType);
  if (read === undefined) return fetched;
  return { mediaType, bytes: filtered, digest: digestOf(filtered), manifest: read };
}

import { PullmendError } from '../../../core/base/index.ts';
import { isDigest, repositoryName, type Manifest, type Reference } from '../../../core/image/index.ts';
import { readRegular } from '../../files/index.ts';
import { readChecked } from '../local/content.ts';
import { reading } from '../local/disk.ts';
import { layoutReader } from '../local/layout.ts';
import type { ImageRepository } from '../store.ts';
import { bundleContent, volumeFault, type BundleParts } from './content.ts';
import { parseBundle, type Bundle } from './format.ts';
import { fullName } from './target.ts';
import { volumeFile } from './volumes.ts';

/** The index of 100 TiB of layers stays below; more is none. */
const maxIndexBytes = 256 * 1024 * 1024;

/** A bundle to read from. */
export type BundleSource = {
  readonly bundle: Bundle;
  readonly repository: (reference: Pick<Reference, 'registry' | 'repository'>) => ImageRepository;
  /** Reads all of it; what is wrong, by file or image. Empty: it can be loaded as a whole. */
  readonly verify: () => Promise<readonly BundleFault[]>;
};

export type BundleFault = { readonly file: string; readonly reason: string };

/**
 * Reads the index of a bundle. Throws PM_FILE_UNREADABLE, PM_BUNDLE_BROKEN, PM_BUNDLE_NEWER.
 *
 * @param path of the index, with or without `.json`.
 */
export async function openBundle(path: string): Promise<BundleSource> {
  const base = path.replace(/\.json$/, '');
  const file = `${base}.json`;
  const text = await reading(file, async () => {
    return (await readRegular(file, maxIndexBytes)).toString('utf8');
  });
  const bundle = parseBundle(text, file);
  // Volumes are found by the name of the index, so that a bundle can be renamed as a whole.
  const parts: BundleParts = {
    id: bundle.id,
    base,
    volumes: bundle.volumes,
    blobs: new Map(bundle.blobs.map((blob) => [blob.digest, blob])),
    needs: new Set(bundle.needs.map(({ digest }) => digest)),
    names: bundle.images,
  };
  return {
    bundle,
    repository: (reference) => repositoryOf(parts, repositoryName(reference)),
    verify: async () => await verify(parts),
  };
}

function repositoryOf(parts: BundleParts, name: string): ImageRepository {
  const reader = layoutReader(bundleContent(parts));
  const there = (reference: string) => (isDigest(reference) ? reference : fullName(name, reference));
  const refuse = async () => {
    throw new Error('a bundle is open for reading');
  };
  return {
    ...reader,
    name: `bundle/${name}`,
    registry: 'bundle',
    headManifest: async (reference) => await reader.headManifest(there(reference)),
    getManifest: async (reference) => await reader.getManifest(there(reference)),
    putManifest: refuse,
    deleteManifest: refuse,
    pushBlob: refuse,
  };
}

async function verify(parts: BundleParts): Promise<readonly BundleFault[]> {
  const faults: BundleFault[] = [];
  for (const at of parts.volumes.keys()) {
    const reason = await volumeFault(parts, at + 1);
    if (reason !== undefined) faults.push({ file: volumeFile(parts.base, at + 1), reason });
  }
  // Damage of a volume says all; what lies in it need not be told one by one.
  if (faults.length > 0) return faults;
  const content = bundleContent(parts);
  for (const blob of parts.blobs.values()) {
    const reason = await faultOf(async () => {
      for await (const chunk of readChecked(content, blob, 0)) void chunk;
    });
    if (reason !== undefined) faults.push({ file: blob.digest, reason });
  }
  const reader = layoutReader(content);
  for (const { name, digest } of parts.names) {
    const reason = await faultOf(async () => await complete(digest, parts, reader));
    if (reason !== undefined) faults.push({ file: name, reason });
  }
  return faults;
}

async function faultOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof PullmendError) return error.where ?? error.message;
    throw error;
  }
}

/** Everything that an image names is in the bundle, or known to be on the far side. */
async function complete(
  digest: string,
  parts: BundleParts,
  reader: Pick<ImageRepository, 'getManifest'>,
): Promise<void> {
  const manifest: Manifest = (await reader.getManifest(digest)).manifest;
  if (manifest.kind === 'index') {
    for (const child of manifest.manifests) await complete(child.digest, parts, reader);
    return;
  }
  for (const blob of [manifest.config, ...manifest.layers]) {
    const isForeign = /\.(?:foreign|nondistributable)\./.test(blob.mediaType);
    if (isForeign || parts.blobs.has(blob.digest) || parts.needs.has(blob.digest)) continue;
    throw new PullmendError('PM_BUNDLE_NEEDS', { bundle: digest, digest: blob.digest });
  }
}

import { createHash } from 'node:crypto';
import { stat, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { PullmendError, reasonOf } from '../../../core/base/index.ts';
import { isDigest } from '../../../core/image/index.ts';
import { openRegular } from '../../files/index.ts';
import { readAt } from '../local/disk.ts';
import type { Content } from '../local/content.ts';
import { indexFile, nameAnnotation, fullNameAnnotation } from '../local/layout-index.ts';
import type { BundledBlob, BundledImage } from './format.ts';
import { chunkBytes, decodeFrame, readLabel, volumeLabel } from './frame.ts';
import { volumeFile, type Volume } from './volumes.ts';

/** What is needed to read from a bundle, finished or not. */
export type BundleParts = {
  readonly id: string;
  readonly base: string;
  /** Those that are finished. */
  readonly volumes: readonly Volume[];
  readonly blobs: ReadonlyMap<string, BundledBlob>;
  readonly needs: ReadonlySet<string>;
  readonly names: readonly BundledImage[];
};

/** The index of the layout that the volumes make when they are unpacked. */
export function layoutIndexOf(images: readonly BundledImage[]): string {
  const manifests = images.map(({ name, digest, mediaType, size }) => ({
    mediaType,
    digest,
    size,
    annotations: { [nameAnnotation]: name, ...(name.includes('/') && { [fullNameAnnotation]: name }) },
  }));
  return JSON.stringify({ schemaVersion: 2, manifests });
}

/** The files of the layout in a bundle, read in place. */
export function bundleContent(parts: BundleParts): Content {
  const index = Buffer.from(layoutIndexOf(parts.names));
  const find = (path: string): BundledBlob | undefined => {
    const [, algorithm = '', hex = ''] = /^blobs\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
    const digest = `${algorithm}:${hex}`;
    const blob = isDigest(digest) ? parts.blobs.get(digest) : undefined;
    if (blob === undefined && parts.needs.has(digest)) {
      throw new PullmendError('PM_BUNDLE_NEEDS', { bundle: basename(parts.base), digest });
    }
    return blob;
  };
  return {
    place: `bundle ${basename(parts.base)}`,
    size: async (path) => (path === indexFile ? index.byteLength : find(path)?.size),
    async *read(path, from) {
      if (path === indexFile) {
        yield index.subarray(from);
        return;
      }
      const blob = find(path);
      if (blob !== undefined) yield* readBundled(parts, blob, from);
    },
  };
}

/** A blob out of the volumes, from a byte on. Throws PM_BUNDLE_BROKEN, which names the volume. */
export async function* readBundled(
  parts: BundleParts,
  blob: BundledBlob,
  from: number,
): AsyncGenerator<Uint8Array> {
  let { volume, offset } = blob;
  const skipped = Math.floor(from / chunkBytes);
  let file = await openVolume(parts, volume);
  try {
    for (const [number, length] of blob.frames.entries()) {
      const end = parts.volumes[volume - 1]?.size;
      if (end !== undefined && offset + length > end) {
        await file.close();
        volume += 1;
        offset = volumeLabel(parts.id, volume).byteLength;
        file = await openVolume(parts, volume);
      }
      if (number >= skipped) {
        const chunk = await readFrame(file, parts, { volume, offset, length });
        yield number === skipped ? chunk.subarray(from - skipped * chunkBytes) : chunk;
      }
      offset += length;
    }
  } finally {
    await file.close();
  }
}

type File = FileHandle;

async function readFrame(
  file: File,
  { base }: BundleParts,
  { volume, offset, length }: { readonly volume: number; readonly offset: number; readonly length: number },
): Promise<Uint8Array> {
  const path = volumeFile(base, volume);
  try {
    return await decodeFrame(await readAt(file, offset, length));
  } catch (cause) {
    throw broken(path, `it is damaged at byte ${offset}`, cause);
  }
}

/** Opens a volume when it is what the index says: its size, and the label at its start. */
async function openVolume({ base, id, volumes }: BundleParts, volume: number): Promise<File> {
  const path = volumeFile(base, volume);
  try {
    const file = await openRegular(path);
    try {
      const fault = await labelFault(file, id, volume);
      const { size } = await file.stat();
      const told = volumes[volume - 1]?.size ?? size;
      if (fault !== undefined) throw broken(path, fault);
      if (size !== told) throw broken(path, `it has ${size} bytes, not ${told}`);
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof PullmendError) throw error;
    throw broken(path, reasonOf(error), error);
  }
}

async function labelFault(file: File, id: string, volume: number): Promise<string | undefined> {
  const label = readLabel(await readAt(file, 0, 256));
  if (label === undefined) return 'it is no volume of a bundle';
  if (label.id !== id) return 'it belongs to another bundle';
  return label.volume === volume ? undefined : `it is volume ${label.volume}, not ${volume}`;
}

/** What is wrong with a volume, its checksum included; `undefined` for a good one. */
export async function volumeFault(parts: BundleParts, volume: number): Promise<string | undefined> {
  try {
    const file = await openVolume(parts, volume);
    try {
      const hash = createHash('sha256');
      const { size } = await stat(volumeFile(parts.base, volume));
      for (let at = 0; at < size; at += chunkBytes) {
        hash.update(await readAt(file, at, Math.min(chunkBytes, size - at)));
      }
      return hash.digest('hex') === parts.volumes[volume - 1]?.sha256
        ? undefined
        : 'its checksum is another: it is damaged';
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof PullmendError && error.code === 'PM_BUNDLE_BROKEN') {
      return (error as PullmendError<'PM_BUNDLE_BROKEN'>).params.reason;
    }
    throw error;
  }
}

function broken(path: string, reason: string, cause?: unknown): PullmendError {
  return new PullmendError('PM_BUNDLE_BROKEN', { file: path, reason }, { cause });
}

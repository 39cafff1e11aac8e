import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { digesterFor, type Digester } from '../../../core/image/index.ts';
import { outcomeError } from '../../../core/knowledge/mirrors/index.ts';
import type { BlobRef } from '../remote/blob.ts';
import type { OpenBlob } from '../store.ts';
import { blobPath, readFileFrom } from './content.ts';
import { writeAll, writing } from './disk.ts';
import { makeFolder, withLock } from '../../files/index.ts';

/** A blob of many GiB on a slow line is waited for when another process brings it just now. */
const ingestPatienceMs = 3_600_000;

/** Folder of blobs that are not whole yet; not part of the layout, gone when all are. */
export const ingestFolder = '.ingest';

/**
 * Puts a blob into a layout: it is there as a whole, its digest checked, or not at all. What a killed process had
 * received is kept and continued. Throws PM_FILE_UNWRITABLE, PM_REGISTRY_DIGEST_MISMATCH, and what reading throws.
 */
export async function ingestBlob(folder: string, blob: BlobRef, source: OpenBlob): Promise<void> {
  const final = join(folder, blobPath(blob.digest));
  const partial = join(folder, ingestFolder, blob.digest.replace(':', '-'));
  await writing(final, async () => {
    await makeFolder(dirname(final));
    await makeFolder(dirname(partial));
  });
  const work = async () => {
    if ((await stat(final).catch(() => undefined))?.size === blob.size) return;
    await writing(final, async () => {
      await receive(partial, blob, source);
      await rename(partial, final);
    });
  };
  await withLock(`${partial}.lock`, work, ingestPatienceMs);
}

async function receive(partial: string, blob: BlobRef, source: OpenBlob): Promise<void> {
  const file = await open(partial, 'a+', 0o644);
  try {
    const digester = digesterFor(blob.digest);
    const kept = await keep(file, partial, blob, digester);
    let size = kept;
    if (kept < blob.size || blob.size === 0) {
      for await (const chunk of source(kept)) {
        size += chunk.byteLength;
        if (size > blob.size) break;
        digester.update(chunk);
        await writeAll(file, chunk);
      }
    }
    const digest = digester.digest();
    if (size !== blob.size || digest !== blob.digest) {
      await rm(partial, { force: true });
      const detail = `${partial} → ${size} of ${blob.size} bytes, ${digest}, not ${blob.digest}`;
      throw outcomeError('digest-mismatch', { who: dirname(dirname(partial)), detail });
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What is there already of a blob, hashed; more than the whole cannot be of it. */
async function keep(file: FileHandle, path: string, blob: BlobRef, digester: Digester): Promise<number> {
  const { size } = await file.stat();
  if (size > blob.size) {
    await file.truncate(0);
    return 0;
  }
  for await (const chunk of readFileFrom(path, 0, size)) digester.update(chunk);
  return size;
}

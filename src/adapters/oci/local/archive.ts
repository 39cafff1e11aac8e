import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { PullmendError } from '../../../core/base/index.ts';
import { makeTemporaryFolder, openRegular } from '../../files/index.ts';
import { readFileFrom, type Content } from './content.ts';
import { compressionOf, decompressed } from './decompress.ts';
import { readAt, reading, writeAll, writing } from './disk.ts';
import { readTarIndex, type TarEntry } from './tar/read.ts';

/** A tar that is read in place. */
export type Archive = Content & {
  readonly names: readonly string[];
  readonly close: () => Promise<void>;
};

/**
 * Opens a tar; a compressed one is unpacked to a temporary file first. Throws PM_FILE_UNREADABLE, and PM_IMAGES_BROKEN
 * for what is no tar or was made to deceive.
 */
export async function openArchive(path: string, place: string): Promise<Archive> {
  const file = await reading(path, async () => await openRegular(path));
  try {
    const head = await reading(path, async () => await readAt(file, 0, 4));
    if (compressionOf(head) === undefined) return archiveOf(file, path, place, await indexOf(file, place));
  } catch (error) {
    await file.close();
    throw error;
  }
  await file.close();
  return await openUnpacked(path, place);
}

async function openUnpacked(path: string, place: string): Promise<Archive> {
  const folder = await makeTemporaryFolder('archive');
  const remove = async () => await rm(folder, { recursive: true, force: true });
  try {
    const unpacked = join(folder, 'archive.tar');
    const file = await open(unpacked, 'w+');
    try {
      await writing(unpacked, async () => {
        for await (const chunk of broken(place, decompressed(readFileFrom(path))))
          await writeAll(file, chunk);
      });
      const archive = archiveOf(file, unpacked, place, await indexOf(file, place));
      return { ...archive, close: async () => void (await Promise.all([archive.close(), remove()])) };
    } catch (error) {
      await file.close();
      throw error;
    }
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Failures that the content itself is to blame for become PM_IMAGES_BROKEN. */
export async function* broken(place: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (cause) {
    if (cause instanceof PullmendError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PullmendError('PM_IMAGES_BROKEN', { place, reason }, { cause });
  }
}

async function indexOf(file: FileHandle, place: string): Promise<ReadonlyMap<string, TarEntry>> {
  try {
    return await readTarIndex(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PullmendError('PM_IMAGES_BROKEN', { place, reason }, { cause });
  }
}

function archiveOf(
  file: FileHandle,
  path: string,
  place: string,
  entries: ReadonlyMap<string, TarEntry>,
): Archive {
  const find = (name: string) => {
    const entry = entries.get(name);
    const target = entry?.type === 'link' ? entries.get(resolveLink(name, entry.to)) : entry;
    // Docker writes a layer once and links to it; a link to a link it never writes.
    return target?.type === 'file' ? target : undefined;
  };
  return {
    place,
    names: [...entries.keys()],
    size: async (name) => find(name)?.size,
    async *read(name, from) {
      const entry = find(name);
      if (entry !== undefined) yield* readFileFrom(path, entry.offset + from, entry.offset + entry.size);
    },
    close: async () => await file.close(),
  };
}

/** Where a relative link inside the archive leads, within the names of the archive alone. */
function resolveLink(name: string, to: string): string {
  const base = to.startsWith('../') || to.startsWith('./') ? name.split('/').slice(0, -1) : [];
  const parts = [...base];
  for (const part of to.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

import type { FileHandle } from 'node:fs/promises';
import { writeAll } from '../disk.ts';
import { block, fileHeader, padding } from './header.ts';

/** Appends a file to a tar. Throws an Error when the content has another size. */
export async function addFile(
  tar: FileHandle,
  name: string,
  size: number,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  await writeAll(tar, fileHeader(name, size));
  let written = 0;
  for await (const chunk of content) {
    written += chunk.byteLength;
    await writeAll(tar, chunk);
  }
  if (written !== size) throw new Error(`${name} has ${written} bytes, not ${size}`);
  await writeAll(tar, Buffer.alloc(padding(size)));
}

/** Ends a tar. */
export async function endTar(tar: FileHandle): Promise<void> {
  await writeAll(tar, Buffer.alloc(2 * block));
}

import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { PullmendError, reasonOf } from '../../core/base/index.ts';
import { openRegular } from './regular.ts';

/** A snapshot of ten thousand failing pods has some 30 MB; a gzip bomb ends here too. */
const maxBytes = 256 * 1024 * 1024;

/**
 * The UTF-8 text of a file, unpacked when it is gzip, whatever its name. Never holds more than 256 MiB.
 * Errors: PM_FILE_UNREADABLE; PM_SNAPSHOT_INVALID for what is damaged, not text or too large.
 */
export async function readPacked(path: string): Promise<string> {
  const bytes = await readBounded(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new PullmendError('PM_SNAPSHOT_INVALID', {
      file: path,
      fault: 'not-a-snapshot',
      detail: 'not UTF-8',
    });
  }
}

async function readBounded(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const collect = async (source: AsyncIterable<string | Buffer>): Promise<void> => {
    for await (const piece of source) {
      const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(path);
      chunks.push(chunk);
    }
  };
  try {
    const file = await openRegular(path);
    const { buffer: head } = await file.read(Buffer.alloc(2), 0, 2, 0);
    const isGzip = head[0] === 0x1f && head[1] === 0x8b;
    const source = file.createReadStream({ start: 0 });
    await (isGzip ? pipeline(source, createGunzip(), collect) : pipeline(source, collect));
  } catch (error) {
    if (error instanceof PullmendError) throw error;
    const reason = reasonOf(error);
    // Errors of zlib: Z_DATA_ERROR, Z_BUF_ERROR (the end is missing).
    const isDamaged = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
    if (isDamaged)
      throw new PullmendError('PM_SNAPSHOT_INVALID', { file: path, fault: 'damaged', detail: reason });
    throw new PullmendError('PM_FILE_UNREADABLE', { file: path, reason }, { cause: error });
  }
  return Buffer.concat(chunks);
}

function tooLarge(path: string): PullmendError {
  const detail = `> ${maxBytes / 1024 / 1024} MiB`;
  return new PullmendError('PM_SNAPSHOT_INVALID', { file: path, fault: 'too-large', detail });
}

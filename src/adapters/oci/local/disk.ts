import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { PullmendError, reasonOf } from '../../../core/base/index.ts';
import { temporaryBeside } from '../../files/index.ts';

/** Lines of JSON that only grow; what earlier processes wrote is there at the start. */
export type Journal<T> = {
  readonly entries: readonly T[];
  readonly add: (entry: T) => void;
  readonly close: () => void;
};

/** How files are written that must be whole or not there; adapters/files has it. */
export type Disk = {
  readonly writeFile: (path: string, text: string) => Promise<void>;
  readonly openJournal: <T>(path: string, read: (json: unknown) => T | undefined) => Journal<T>;
};

/** Does work on a file; failures of the file system become PM_FILE_UNWRITABLE. */
export async function writing<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new PullmendError('PM_FILE_UNWRITABLE', { file, reason: reasonOf(error) }, { cause: error });
  }
}

/** The same for reading: PM_FILE_UNREADABLE. */
export async function reading<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new PullmendError('PM_FILE_UNREADABLE', { file, reason: reasonOf(error) }, { cause: error });
  }
}

/** Writes a large file as a whole or not at all. */
export async function replaceFile(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  await writing(path, async () => {
    const temporary = await temporaryBeside(path);
    try {
      const file = await open(temporary, 'w', 0o644);
      try {
        await write(file);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  });
}

/** Writes all of a chunk: one `write` may take less. */
export async function writeAll(file: FileHandle, chunk: Uint8Array, at?: number): Promise<void> {
  for (let done = 0; done < chunk.byteLength;) {
    const { bytesWritten } = await file.write(
      chunk,
      done,
      chunk.byteLength - done,
      at === undefined ? null : at + done,
    );
    done += bytesWritten;
  }
}

/** At most so many bytes of a file from a place on; fewer at its end. */
export async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(buffer, done, length - done, at + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return buffer.subarray(0, done);
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && !(error instanceof PullmendError);
}

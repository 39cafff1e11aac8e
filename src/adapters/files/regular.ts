import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Devices, sockets and pipes: reading them may never end, and opening some of them does something. */
class NotRegularError extends Error {
  readonly code = 'NOT_REGULAR';
}

/** Nobody writes to a pipe. */
class SilentPipeError extends Error {
  readonly code = 'SILENT_PIPE';
}

/** There is more of a file than whoever reads it takes. */
export class TooLargeError extends Error {
  readonly code = 'TOO_LARGE';
  /** As far as it is known: a file may grow, and those of /proc tell no size. */
  readonly atLeast: number;

  constructor(atLeast: number) {
    super(`it has ${atLeast} bytes or more`);
    this.atLeast = atLeast;
  }
}

/** A pipe that nobody writes a byte to for so long is one that nobody has opened. */
const usualSilentMs = 20_000;

/** How often a pipe is looked at that has nothing to read. */
const pipePollMs = 20;

/** What is read at once of a file that tells no size. */
const pieceBytes = 64 * 1024;

/**
 * Opens a regular file; a link is followed. Nothing else is opened: a pipe would wait for a writer in a thread that no
 * signal reaches. Throws NOT_REGULAR and what the system says. Close it at the end.
 */
export async function openRegular(path: string): Promise<FileHandle> {
  const found = await stat(path);
  if (found.isDirectory()) throw Object.assign(new Error(path), { code: 'EISDIR' });
  if (!found.isFile()) throw new NotRegularError(path);
  // It may have been exchanged since, and files of /proc may wait for news.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if ((await file.stat()).isFile()) return file;
    throw new NotRegularError(path);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Reads a regular file of at most so many bytes, counted while they are read. Throws NOT_REGULAR, TOO_LARGE
 * (`TooLargeError`) and what the system says.
 *
 * @param pipe read a pipe too, for what the user named: `<(kubectl get … )` is one
 * @param silentMs how long to wait for the first byte of a pipe
 */
export async function readRegular(
  path: string,
  most: number,
  { pipe = false, silentMs = usualSilentMs } = {},
): Promise<Buffer> {
  if (pipe && (await stat(path)).isFIFO()) return await readPipe(path, most, silentMs);
  const file = await openRegular(path);
  try {
    const { size } = await file.stat();
    if (size > most) throw new TooLargeError(size);
    return await readAll(file, size, most);
  } finally {
    await file.close();
  }
}

async function readAll(file: FileHandle, size: number, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for (let next = size === 0 ? pieceBytes : size + 1; ; next = pieceBytes) {
    const piece = Buffer.allocUnsafe(Math.min(next, most + 1 - length));
    const { bytesRead } = await file.read(piece, 0, piece.length);
    if (bytesRead === 0) return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
    pieces.push(piece.subarray(0, bytesRead));
    length += bytesRead;
    if (length > most) throw new TooLargeError(length);
  }
}

/**
 * Looked at again and again, so that no thread waits for the writer. A socket on the descriptor would do without looking,
 * but Node.js then closes a number that belongs to somebody else by now (it tracks descriptors that it opened itself).
 */
async function readPipe(path: string, most: number, silentMs: number): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const pieces: Buffer[] = [];
  let length = 0;
  const opened = performance.now();
  try {
    for (;;) {
      const piece = await readNow(file);
      const isEnd = piece?.length === 0;
      // Before the first writer has come a pipe looks as if it had ended.
      if (isEnd && length > 0) return Buffer.concat(pieces);
      if (piece === undefined || isEnd) {
        if (length === 0 && performance.now() - opened > silentMs) throw new SilentPipeError();
        await sleep(pipePollMs);
        continue;
      }
      pieces.push(piece);
      length += piece.length;
      if (length > most) throw new TooLargeError(length);
    }
  } finally {
    await file.close();
  }
}

/** What is there now; empty when no writer has the pipe open, undefined when one has and has written nothing more. */
async function readNow(file: FileHandle): Promise<Buffer | undefined> {
  const piece = Buffer.allocUnsafe(pieceBytes);
  try {
    const { bytesRead } = await file.read(piece, 0, piece.length);
    return piece.subarray(0, bytesRead);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
    throw error;
  }
}

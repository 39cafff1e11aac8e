import { createHash } from 'node:crypto';
import { notText, PullmendError, reasonOf } from '../../core/base/index.ts';
import type { SourceFile } from '../../core/model/index.ts';
import { readRegular, TooLargeError } from './regular.ts';
import { sweepBeside } from './sweep.ts';
import { maxWrittenBytes } from './write.ts';

const mebibyte = 1024 * 1024;
/** The largest install manifests known are some 2 MB; more is surely no manifest. */
const maxFileBytes = 16 * mebibyte;

/**
 * Reads a UTF-8 file as it is: a byte order mark and CRLF stay in the text, so that an edit can be byte-exact.
 * Errors: PM_FILE_UNREADABLE, also for what is no regular file; PM_FILE_TOO_LARGE.
 *
 * @param pipe read a pipe too: for what the user named
 */
export async function readTextFile(
  path: string,
  { pipe = false }: { readonly pipe?: boolean } = {},
): Promise<SourceFile> {
  return await readText(path, maxFileBytes, pipe);
}

/**
 * The same for a file that a run has written, or is about to: longer names make it larger than what is taken in. What
 * a killed run left beside it is removed.
 */
export async function readWrittenFile(path: string): Promise<SourceFile> {
  await sweepBeside(path);
  return await readText(path, maxWrittenBytes, false);
}

async function readText(path: string, most: number, pipe: boolean): Promise<SourceFile> {
  const bytes = await readBytes(path, most, pipe);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { path, text, sha256 };
  } catch {
    throw new PullmendError('PM_FILE_UNREADABLE', { file: path, reason: notText.en });
  }
}

async function readBytes(path: string, most: number, pipe: boolean): Promise<Uint8Array> {
  try {
    return await readRegular(path, most, { pipe });
  } catch (error) {
    if (!(error instanceof TooLargeError))
      throw new PullmendError(
        'PM_FILE_UNREADABLE',
        { file: path, reason: reasonOf(error) },
        { cause: error },
      );
    const mebibytes = Math.ceil(error.atLeast / mebibyte);
    throw new PullmendError('PM_FILE_TOO_LARGE', { file: path, mebibytes, most: most / mebibyte });
  }
}

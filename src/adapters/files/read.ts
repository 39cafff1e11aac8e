import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { notText, PullmendError, reasonOf } from '../../core/base/index.ts';
import type { SourceFile } from '../../core/model/index.ts';

const mebibyte = 1024 * 1024;
/** The largest install manifests known are some 2 MB; more is surely no manifest. */
const maxFileBytes = 16 * mebibyte;

/**
 * Reads a UTF-8 file as it is: a byte order mark and CRLF stay in the text, so that an edit can be byte-exact.
 * Errors: PM_FILE_UNREADABLE, PM_FILE_TOO_LARGE.
 */
export async function readTextFile(path: string): Promise<SourceFile> {
  const bytes = await readBytes(path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { path, text, sha256 };
  } catch {
    throw new PullmendError('PM_FILE_UNREADABLE', { file: path, reason: notText.en });
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  let size: number;
  try {
    ({ size } = await stat(path));
    if (size <= maxFileBytes) return await readFile(path);
  } catch (error) {
    throw new PullmendError('PM_FILE_UNREADABLE', { file: path, reason: reasonOf(error) }, { cause: error });
  }
  const mebibytes = Math.ceil(size / mebibyte);
  throw new PullmendError('PM_FILE_TOO_LARGE', { file: path, mebibytes, most: maxFileBytes / mebibyte });
}

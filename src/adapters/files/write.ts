import { access, constants, open, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PullmendError, reasonOf } from '../../core/base/index.ts';
import { temporaryBeside } from './sweep.ts';

const mebibyte = 1024 * 1024;
/** The largest text that is written: what was read with every name in it four times as long. It is read back by undo. */
export const maxWrittenBytes = 64 * mebibyte;

/**
 * Writes a file as a whole or not at all, whatever happens: a temporary file beside it is synced to disk and then
 * renamed; one that a killed process left there is removed. Mode and owner of an existing file stay; a link is
 * followed to its target. Errors: PM_FILE_UNWRITABLE, PM_FILE_TOO_LARGE.
 */
export async function writeFileAtomic(path: string, text: string): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > maxWrittenBytes) {
    const mebibytes = Math.ceil(bytes.length / mebibyte);
    throw new PullmendError('PM_FILE_TOO_LARGE', { file: path, mebibytes, most: maxWrittenBytes / mebibyte });
  }
  try {
    const target = await targetOf(path);
    const temporary = await temporaryBeside(target);
    try {
      await writeSynced(temporary, target, bytes);
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(dirname(target));
  } catch (error) {
    throw new PullmendError('PM_FILE_UNWRITABLE', { file: path, reason: reasonOf(error) }, { cause: error });
  }
}

/** The file behind a link; a rename would go round the file's own write protection, so that is asked first. */
async function targetOf(path: string): Promise<string> {
  const target = await realpath(path).catch(() => path);
  await access(target, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  return target;
}

async function writeSynced(temporary: string, target: string, bytes: Uint8Array): Promise<void> {
  const file = await open(temporary, 'wx');
  try {
    await keepMode(file, target);
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function keepMode(file: FileHandle, target: string): Promise<void> {
  const old = await stat(target).catch(() => undefined);
  if (old === undefined) return;
  // Only root may give files away; others keep what is theirs anyway.
  await file.chown(old.uid, old.gid).catch(() => undefined);
  await file.chmod(old.mode & 0o7777);
}

/** Makes the rename itself durable, where the system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

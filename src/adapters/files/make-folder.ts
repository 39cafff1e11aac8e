import { mkdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Mode of the folders that are made; the usual one when absent. */
type FolderOptions = { readonly mode?: number };

/**
 * Makes a folder and those above it. Node's own `recursive` never ends where the system says ENOENT for a folder whose
 * parent is there, as /proc does. Throws what the system says.
 */
export async function makeFolder(path: string, options: FolderOptions = {}): Promise<void> {
  const error = await made(async () => await mkdir(path, options));
  if (error?.code !== 'ENOENT' || dirname(path) === path) return raise(error);
  await makeFolder(dirname(path), options);
  raise(await made(async () => await mkdir(path, options)));
}

/** The same at once, for a file that must be open before anything else happens. */
export function makeFolderNow(path: string, options: FolderOptions = {}): void {
  const error = madeNow(path, options);
  if (error?.code !== 'ENOENT' || dirname(path) === path) return raise(error);
  makeFolderNow(dirname(path), options);
  raise(madeNow(path, options));
}

async function made(make: () => Promise<unknown>): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await make();
    return undefined;
  } catch (error) {
    return failureIn(error);
  }
}

function madeNow(path: string, options: FolderOptions): NodeJS.ErrnoException | undefined {
  try {
    mkdirSync(path, options);
    return undefined;
  } catch (error) {
    return failureIn(error);
  }
}

function failureIn(error: unknown): NodeJS.ErrnoException | undefined {
  if (!isSystemError(error)) throw error;
  return error.code === 'EEXIST' ? undefined : error;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}

function raise(error: Error | undefined): void {
  if (error !== undefined) throw error;
}

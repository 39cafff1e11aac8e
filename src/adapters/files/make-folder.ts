import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it. Node's own `recursive` never ends where the system says ENOENT for a folder whose
 * parent is there, as /proc does. Throws what the system says.
 */
export async function makeFolder(path: string): Promise<void> {
  const error = await made(path);
  if (error?.code !== 'ENOENT' || dirname(path) === path) return raise(error);
  await makeFolder(dirname(path));
  raise(await made(path));
}

async function made(path: string): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await mkdir(path);
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'EEXIST' ? undefined : error;
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}

function raise(error: Error | undefined): void {
  if (error !== undefined) throw error;
}

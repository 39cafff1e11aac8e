import { PullmendError, reasonOf } from '../../core/base/index.ts';
import { unwritable } from './file-errors.ts';
import type { Shell } from './shell.ts';

/** The text of the configuration; empty when there is none yet. Throws PM_CONFIG_NOT_FOUND. */
export async function readConfig({ context }: Shell, file: string): Promise<string> {
  try {
    return await context.readFile(file);
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (missing) return '';
    throw new PullmendError('PM_CONFIG_NOT_FOUND', { file, reason: reasonOf(cause) }, { cause });
  }
}

/** Throws PM_FILE_UNWRITABLE. */
export async function writeConfig({ context }: Shell, file: string, text: string): Promise<void> {
  try {
    await context.writeFile(file, text, { replace: true, makeFolder: true });
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

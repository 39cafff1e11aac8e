import { unwritable } from './file-errors.ts';
import type { Shell } from './shell.ts';

/** Writes a file that `--out` names, in place of an older one. Errors: PM_FILE_UNWRITABLE. */
export async function writeOut({ context }: Shell, file: string, text: string | Uint8Array): Promise<void> {
  try {
    await context.writeFile(file, text, { replace: true });
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

import { PullmendError } from '../../core/base/index.ts';
import type { Shell } from './shell.ts';

/** Writes a file that `--out` names, in place of an older one. Errors: PM_FILE_UNWRITABLE. */
export async function writeOut({ context }: Shell, file: string, text: string | Uint8Array): Promise<void> {
  try {
    await context.writeFile(file, text, { replace: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PullmendError('PM_FILE_UNWRITABLE', { file, reason }, { cause });
  }
}

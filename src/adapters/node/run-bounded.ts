import { ChildLimitError, runChild, type ChildCommand } from '../process/index.ts';
import {
  NodeAccessError,
  usualOutputBytes,
  usualSeconds,
  type RunOptions,
  type ShellResult,
} from './shell.ts';

/** Runs a program of this machine within the bounds of a script. Errors: NodeAccessError. */
export async function runBounded(
  program: Pick<ChildCommand, 'path' | 'args' | 'input' | 'signal'>,
  { timeoutSeconds = usualSeconds, maxOutputBytes = usualOutputBytes }: RunOptions,
): Promise<ShellResult> {
  try {
    return await runChild({ ...program, timeoutMs: timeoutSeconds * 1000, maxOutputBytes });
  } catch (error) {
    if (!(error instanceof ChildLimitError)) throw error;
    throw new NodeAccessError('limit', `its script was ended: ${error.message}`, { cause: error });
  }
}

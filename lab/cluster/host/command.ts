import { NonZeroExitError, x } from 'tinyexec';
import { LabError } from '../error.ts';
import { OWNER_VARIABLE } from './owner.ts';
import { labPaths } from '../paths.ts';

/** A program with its arguments, ready for `spawn(command, args)`. */
export type Invocation = { readonly command: string; readonly args: readonly string[] };

type CommandOptions = {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly signal?: AbortSignal | undefined;
  /** Default: a minute, far more than `ip` or `mount` ever take. */
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 60_000;

/**
 * Runs a short command to its end and gives its stdout.
 * Throws LabError with the command's stderr when it fails.
 */
export async function run(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { input, env, cwd, signal, timeoutMs = TIMEOUT_MS } = options;
  try {
    const output = await x(command, args, {
      throwOnError: true,
      timeout: timeoutMs,
      ...(signal && { signal }),
      ...(input !== undefined && { stdin: input }),
      nodeOptions: {
        env: { [OWNER_VARIABLE]: labPaths().runDir, ...env },
        ...(cwd !== undefined && { cwd }),
      },
    });
    return output.stdout;
  } catch (error) {
    signal?.throwIfAborted();
    const detail =
      error instanceof NonZeroExitError
        ? `${error.output?.stderr ?? ''}${error.output?.stdout ?? ''}`
        : String(error);
    throw new LabError(`failed: ${[command, ...args].join(' ')}`, detail.trim());
  }
}

/** Whether a command succeeds; for questions whose answer is an exit code. */
export async function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  try {
    const output = await x(command, args, { timeout: TIMEOUT_MS });
    return output.exitCode === 0;
  } catch {
    return false;
  }
}

import { PullmendError, reasonOf } from '../../core/base/index.ts';
import { ChildLimitError, runChild, type ChildResult } from '../process/index.ts';
import { helmFailure } from './failure.ts';

/** The largest charts render in some seconds; a registry on a slow line takes longer to give one. */
const timeoutMs = 5 * 60_000;
/** The largest renders known, with all CRDs, are some 10 MB. */
const maxOutputBytes = 128 * 1024 * 1024;

export type HelmCommand = {
  readonly path: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
};

/** Runs helm to its end, and gives what it wrote. Throws PM_HELM_FAILED, PM_HELM_TIMEOUT, PM_HELM_OUTPUT. */
export async function runHelm(helm: HelmCommand): Promise<string> {
  const [command = ''] = helm.args;
  const { exit, stdout, stderr } = await ended(helm, command);
  if (exit === 0) return stdout;
  throw helmFailure(command, stderr);
}

async function ended(helm: HelmCommand, command: string): Promise<ChildResult> {
  try {
    return await runChild({ ...helm, timeoutMs, maxOutputBytes });
  } catch (cause) {
    if (helm.signal?.aborted === true) throw cause;
    if (!(cause instanceof ChildLimitError))
      throw new PullmendError('PM_HELM_FAILED', { command, reason: reasonOf(cause) }, { cause });
    throw cause.limit === 'time'
      ? new PullmendError('PM_HELM_TIMEOUT', { command, seconds: timeoutMs / 1000 })
      : new PullmendError('PM_HELM_OUTPUT', { command, megabytes: maxOutputBytes / 2 ** 20 });
  }
}

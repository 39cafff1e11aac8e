import { exitCode, PullmendError, type ExitCode } from '../../../core/base/index.ts';
import { configPath } from '../config-path.ts';
import type { Shell } from '../shell.ts';

/** Manifests from standard input to standard output, as `helm --post-renderer` wants it. */
export async function runPostRender(shell: Shell): Promise<ExitCode> {
  const mender = await shell.openMender();
  if (mender.mirrors.mirrors.length === 0) {
    throw new PullmendError('PM_NO_MIRRORS', { path: configPath(shell) });
  }
  shell.context.stdout.write(await mender.postRender(await shell.readText('-')));
  return exitCode.done;
}

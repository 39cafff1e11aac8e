import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { requireMirrors } from '../config-path.ts';
import type { Shell } from '../shell.ts';

/** Manifests from standard input to standard output, as `helm --post-renderer` wants it. */
export async function runPostRender(shell: Shell): Promise<ExitCode> {
  const mender = await shell.openMender();
  requireMirrors(shell, mender);
  shell.context.stdout.write(await mender.postRender(await shell.readText('-')));
  return exitCode.done;
}

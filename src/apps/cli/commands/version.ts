import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { apiVersion } from '../../../core/model/index.ts';
import type { Shell } from '../shell.ts';

export async function runVersion(shell: Shell): Promise<ExitCode> {
  const { version, nodeVersion } = shell.context;
  shell.result([`pullmend ${version} · Node.js ${nodeVersion}`]);
  await shell.document(() => ({ apiVersion, kind: 'Version', version, node: nodeVersion }));
  return exitCode.done;
}

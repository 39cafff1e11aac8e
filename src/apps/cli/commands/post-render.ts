import { join } from 'node:path';
import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { requireMirrors } from '../config-path.ts';
import { unwritable } from '../file-errors.ts';
import type { Flags } from '../flags/flags.ts';
import type { Shell } from '../shell.ts';

/** Manifests from standard input to standard output, as `helm --post-renderer` wants it. */
export async function runPostRender(
  shell: Shell,
  _args: readonly string[],
  { helmPlugin }: Flags,
): Promise<ExitCode> {
  if (helmPlugin !== undefined) return await writePlugin(shell, helmPlugin);
  const mender = await shell.openMender();
  requireMirrors(shell, mender);
  shell.context.stdout.write(await mender.postRender(await shell.readText('-')));
  return exitCode.done;
}

/** Helm 4 runs plug-ins only (helm.sh/docs/plugins/overview, HIP-0026). */
const manifest = (version: string): string => `apiVersion: v1
type: postrenderer/v1
name: pullmend
version: ${version}
runtime: subprocess
runtimeConfig:
  platformCommand:
    - command: pullmend
      args: [post-render]
`;

async function writePlugin({ context, result, m }: Shell, folder: string): Promise<ExitCode> {
  const file = join(folder, 'plugin.yaml');
  try {
    await context.writeFile(file, manifest(context.version), { replace: true, makeFolder: true });
  } catch (cause) {
    throw unwritable(file, cause);
  }
  result([
    m.rewrite.plugin(file),
    `  helm plugin install ${folder}`,
    '  helm upgrade … --post-renderer pullmend',
  ]);
  return exitCode.done;
}

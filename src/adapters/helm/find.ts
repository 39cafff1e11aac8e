import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { PullmendError } from '../../core/base/index.ts';
import type { HelmOptions } from './types.ts';

/** The helm program: the one named, `$PULLMEND_HELM`, or the first on the PATH. Throws PM_HELM_MISSING. */
export async function findHelm({ binary, env }: HelmOptions): Promise<string> {
  const named = binary || env['PULLMEND_HELM'];
  if (named) {
    if (await isProgram(named)) return named;
    throw new PullmendError('PM_HELM_MISSING', { looked: named });
  }
  const names = process.platform === 'win32' ? ['helm.exe', 'helm.cmd'] : ['helm'];
  for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name);
      if (folder !== '' && (await isProgram(path))) return path;
    }
  }
  throw new PullmendError('PM_HELM_MISSING', { looked: '$PATH' });
}

async function isProgram(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

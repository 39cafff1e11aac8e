import { configFile } from '../../adapters/config/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import type { MirrorSet, PullProblem } from '../../core/model/index.ts';
import type { Shell } from './shell.ts';

/** The file that the mirrors are read from. */
export function configPath({ flags, context: { env, home } }: Shell): string {
  return configFile({ path: flags.config, env, home }).file;
}

/** Without mirrors nothing can be mended: said once everything else was said. Throws PM_NO_MIRRORS. */
export function demandMirrors(shell: Shell, { mirrors }: MirrorSet, problems: readonly PullProblem[]): void {
  if (mirrors.length === 0 && problems.length > 0) {
    throw new PullmendError('PM_NO_MIRRORS', { path: configPath(shell) });
  }
}

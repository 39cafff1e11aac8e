import { PullmendError } from '../../core/base/index.ts';
import type { MirrorSet, PullProblem } from '../../core/model/index.ts';
import type { Shell } from './shell.ts';

/** The configuration file as a person would write its path. */
export function configPath({ flags, context }: Shell): string {
  return flags.config ?? context.env['PULLMEND_CONFIG'] ?? '~/.config/pullmend/config.yaml';
}

/** Without mirrors nothing can be mended: said once everything else was said. Throws PM_NO_MIRRORS. */
export function demandMirrors(
  shell: Shell,
  { mirrors }: MirrorSet,
  problems: readonly PullProblem[],
): void {
  if (mirrors.length === 0 && problems.length > 0) {
    throw new PullmendError('PM_NO_MIRRORS', { path: configPath(shell) });
  }
}

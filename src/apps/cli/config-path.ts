import { configFile } from '../../adapters/config/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import type { PullProblem } from '../../core/model/index.ts';
import type { Mender, Target } from '../../flows/index.ts';
import type { Shell } from './shell.ts';

/** The file that the mirrors are read from. */
export function configPath({ flags, context: { env, home } }: Shell): string {
  return configFile({ path: flags.config, env, home }).file;
}

/** For commands that are about the mirrors themselves. Throws PM_NO_MIRRORS. */
export function requireMirrors(shell: Shell, { mirrors }: Pick<Mender, 'mirrors'>): void {
  if (mirrors.mirrors.length === 0) throw new PullmendError('PM_NO_MIRRORS', { path: configPath(shell) });
}

/**
 * Without mirrors nothing can be mended: said once everything else was said, with those that the cluster shows to be in
 * use. Throws PM_NO_MIRRORS.
 */
export async function demandMirrors(
  shell: Shell,
  mender: Mender,
  target: Target,
  problems: readonly PullProblem[],
): Promise<void> {
  if (mender.mirrors.mirrors.length > 0 || problems.length === 0) return;
  const seen = target.type === 'cluster' ? await mirrorsInUse(mender) : [];
  throw new PullmendError('PM_NO_MIRRORS', {
    path: configPath(shell),
    ...(seen.length === 0 ? {} : { seen: seen.join(', ') }),
  });
}

/** Places that pods and nodes show; when they cannot be read, none. */
async function mirrorsInUse(mender: Mender): Promise<readonly string[]> {
  try {
    const { mirrors } = await mender.discover({ files: [], nodes: false, probe: false, quick: true });
    return mirrors
      .filter(({ confidence }) => confidence !== 'unsure')
      .flatMap(({ mirror }) => mirror.at ?? Object.values(mirror.aliases ?? {}));
  } catch (error) {
    if (error instanceof PullmendError) return [];
    throw error;
  }
}

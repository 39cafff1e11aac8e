import { configFile } from '../../adapters/config/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import type { PullProblem } from '../../core/model/index.ts';
import type { Mender, Target } from '../../flows/index.ts';
import type { Shell } from './shell.ts';
import { askingOf } from './way-in/ask.ts';
import type { Situation } from './way-in/way-in.ts';

/** The file that the mirrors are read from. */
export function configPath({ flags, context: { env, home } }: Shell): string {
  return configFile({ path: flags.config, env, home }).file;
}

/** For commands that are about the mirrors themselves. Throws PM_NO_MIRRORS. */
export function requireMirrors(shell: Shell, { mirrors }: Pick<Mender, 'mirrors'>): void {
  if (mirrors.mirrors.length === 0) throw new PullmendError('PM_NO_MIRRORS', { path: configPath(shell) });
}

/**
 * `again`: mirrors were written, so that the command has to look anew; `trusted`: with `--allow-unverified`; `declined`: a
 * person wants none now.
 */
export type Provided = 'enough' | 'again' | 'trusted' | 'declined';

/**
 * Without mirrors no copy can be found: once everything else was said, a person is led on to them, and where nobody can
 * be asked those that the cluster shows to be in use are told. Throws PM_NO_MIRRORS.
 */
export async function provideMirrors(shell: Shell, mender: Mender, situation: Situation): Promise<Provided> {
  if (mender.mirrors.mirrors.length > 0 || situation.images.length === 0) return 'enough';
  const asking = askingOf(shell);
  if (asking !== undefined) {
    const { wayIn } = await import('./way-in/way-in.ts');
    const written = await wayIn(shell, asking, mender, situation);
    if (written === undefined) return 'declined';
    shell.result(['', shell.m.wayIn.goesOn]);
    shell.progress.restart();
    return written === 'trusted' ? 'trusted' : 'again';
  }
  const seen = situation.failing?.target.type === 'cluster' ? await mirrorsInUse(mender) : [];
  throw new PullmendError('PM_NO_MIRRORS', {
    path: configPath(shell),
    ...(seen.length === 0 ? {} : { seen: seen.join(', ') }),
  });
}

/** Images whose copies would help, those that most pods wait for first. */
export function situationOf(problems: readonly PullProblem[], target: Target): Situation {
  const helped = problems.filter(({ status }) => status.diagnosis.mirrorHelps !== 'no');
  const images = helped.toSorted((a, b) => b.status.pods - a.status.pods).map(({ spec }) => spec.image);
  return { images, failing: { problems: helped, target } };
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

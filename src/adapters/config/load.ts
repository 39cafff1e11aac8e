import path from 'node:path';
import { PullmendError, reasonOf } from '../../core/base/index.ts';
import { readRegular } from '../files/index.ts';
import { apiVersion, type Mirror, type MirrorSet } from '../../core/model/index.ts';

/** Far more than thousands of mirrors need. */
const maxConfigBytes = 1024 * 1024;

export type ConfigSources = {
  /** What `--config` says. */
  readonly path?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home directory. */
  readonly home: string;
};

/** The file that the configuration is read from, and whether somebody named it. */
export function configFile({ path: given, env, home }: ConfigSources): { file: string; named: boolean } {
  const named = given || env['PULLMEND_CONFIG'];
  if (named) return { file: named, named: true };
  const folder = env['XDG_CONFIG_HOME'] || path.join(home, '.config');
  return { file: path.join(folder, 'pullmend', 'config.yaml'), named: false };
}

/**
 * The mirrors from `--config`, else `$PULLMEND_CONFIG`, else `~/.config/pullmend/config.yaml`. Without any file
 * there are no mirrors. A relative `caFile`, `clientCertFile` or `clientKeyFile` starts at the folder of the configuration.
 * Throws PM_CONFIG_NOT_FOUND when a named file cannot be read, PM_CONFIG_INVALID when it has mistakes.
 */
export async function loadMirrorSet(sources: ConfigSources): Promise<MirrorSet> {
  const { file, named } = configFile(sources);
  const text = await readText(file, named);
  if (text === undefined) return { apiVersion, kind: 'MirrorSet', mirrors: [] };
  // Loaded only where there is something to read: it brings the readers of YAML and of schemas.
  const { parseMirrorSet } = await import('./parse.ts');
  const set = parseMirrorSet(text, file);
  return { ...set, mirrors: set.mirrors.map((mirror) => withAbsoluteFiles(mirror, file, sources.home)) };
}

async function readText(file: string, named: boolean): Promise<string | undefined> {
  try {
    return (await readRegular(file, maxConfigBytes, { pipe: named })).toString('utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (!named && (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG')) return undefined;
    throw new PullmendError('PM_CONFIG_NOT_FOUND', { file, reason: reasonOf(error) }, { cause: error });
  }
}

function withAbsoluteFiles(mirror: Mirror, file: string, home: string): Mirror {
  const absolute = (given: string): string =>
    path.resolve(path.dirname(file), given.startsWith('~/') ? path.join(home, given.slice(2)) : given);
  const { caFile, clientCertFile, clientKeyFile } = mirror;
  return {
    ...mirror,
    ...(caFile !== undefined && { caFile: absolute(caFile) }),
    ...(clientCertFile !== undefined && { clientCertFile: absolute(clientCertFile) }),
    ...(clientKeyFile !== undefined && { clientKeyFile: absolute(clientKeyFile) }),
  };
}

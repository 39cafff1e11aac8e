import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { PullmendError, reasonOf } from '../../core/base/index.ts';
import { readRegular } from '../files/index.ts';

/** An entry has some 3 kB. */
const maxBytes = 256 * 1024;
/** Far more operators than anybody runs. */
const mostFiles = 200;

/** A file that describes an operator. */
export type OperatorText = { readonly file: string; readonly text: string };

/** The user's own descriptions: `*.yaml` in `~/.config/pullmend/operators`; none where that folder is not there. */
export async function ownOperatorFiles(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): Promise<readonly OperatorText[]> {
  const folder = path.join(env['XDG_CONFIG_HOME'] || path.join(home, '.config'), 'pullmend', 'operators');
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw new PullmendError(
      'PM_CONFIG_NOT_FOUND',
      { file: folder, reason: reasonOf(error) },
      { cause: error },
    );
  }
  const files = names
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .toSorted()
    .slice(0, mostFiles);
  return await Promise.all(files.map((name) => readOperatorFile(path.join(folder, name))));
}

/** Errors: PM_CONFIG_NOT_FOUND where it cannot be read. */
export async function readOperatorFile(file: string): Promise<OperatorText> {
  try {
    return { file, text: (await readRegular(file, maxBytes, { pipe: true })).toString('utf8') };
  } catch (error) {
    throw new PullmendError('PM_CONFIG_NOT_FOUND', { file, reason: reasonOf(error) }, { cause: error });
  }
}

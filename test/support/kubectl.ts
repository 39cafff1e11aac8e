import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { labPaths } from '../../lab/cluster/paths.ts';

/** The kubectl that tests ask: `PULLMEND_KUBECTL`, one on the PATH, or the lab's. */
export function kubectlForTests(): string | undefined {
  const named = process.env['PULLMEND_KUBECTL'];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/bin', labPaths().binDir];
  const found = folders.map((folder) => join(folder, 'kubectl'));
  return [...(named === undefined ? [] : [named]), ...found].find((path) => existsSync(path));
}

import { dirname, sep } from 'node:path';

/** The deepest folder that holds all of them. */
export function commonFolder(folders: readonly string[]): string {
  const [first = sep, ...rest] = folders;
  let common = first;
  while (rest.some((folder) => folder !== common && !folder.startsWith(common + sep)) && common !== sep) {
    common = dirname(common);
  }
  return common;
}

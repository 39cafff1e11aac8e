import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Everything that the bundle is made from; installed packages are named by the lockfile. */
const ingredients = [
  'src/**/*.ts',
  'tools/build.ts',
  'tools/build/*.ts',
  'package.json',
  'package-lock.json',
];

export const stampFile = 'stamp';

/** A digest over the names and the bytes of all sources: equal digests, equal bundles. */
export function digestOfSources(root: string): string {
  const files = globSync(ingredients, { cwd: root });
  const hash = createHash('sha256');
  for (const file of files.filter((path) => !path.endsWith('.test.ts')).toSorted()) {
    const bytes = readFileSync(join(root, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/** The digest that `dist` was built from, or undefined when there is none. */
export function digestOfBuild(dist: string): string | undefined {
  try {
    return readFileSync(join(dist, stampFile), 'utf8').trim();
  } catch {
    return undefined;
  }
}

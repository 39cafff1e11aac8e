/**
 * `npm run gen [-- --check]`: writes the reference pages that follow from the code. With `--check` it writes
 * nothing and fails when a page on disk is not what the code says.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { referencePages } from './gen/index.ts';

const repository = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');

const stale: string[] = [];
for (const { path, text } of referencePages()) {
  const file = join(repository, path);
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present === text) continue;
  stale.push(path);
  if (check) continue;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

if (check && stale.length > 0) {
  console.error(`out of date, run "npm run gen":\n${stale.map((path) => `  ${path}`).join('\n')}`);
  process.exitCode = 1;
} else {
  for (const path of stale) console.log(`wrote ${path}`);
}

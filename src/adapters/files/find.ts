import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PullmendError, reasonOf } from '../../core/base/index.ts';

/** Deep enough for any repository; a loop of links ends here at the latest. */
const maxDepth = 32;

/**
 * Files as given, and for each folder all files below it with one of these endings; hidden folders and
 * `node_modules` are left out. Sorted, each once. Errors: PM_FILE_UNREADABLE.
 */
export async function findFiles(
  paths: readonly string[],
  endings: readonly string[],
): Promise<readonly string[]> {
  const found = await Promise.all(paths.map((path) => filesAt(path, endings)));
  return [...new Set(found.flat())].toSorted();
}

async function filesAt(path: string, endings: readonly string[]): Promise<readonly string[]> {
  try {
    return (await stat(path)).isDirectory() ? await below(path, endings, 0) : [path];
  } catch (error) {
    throw new PullmendError('PM_FILE_UNREADABLE', { file: path, reason: reasonOf(error) }, { cause: error });
  }
}

async function below(folder: string, endings: readonly string[], depth: number): Promise<readonly string[]> {
  if (depth > maxDepth) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        const skipped = entry.name.startsWith('.') || entry.name === 'node_modules';
        return skipped ? [] : below(path, endings, depth + 1);
      }
      const wanted = endings.some((ending) => entry.name.toLowerCase().endsWith(ending));
      return wanted && (entry.isFile() || entry.isSymbolicLink()) ? [path] : [];
    }),
  );
  return found.flat();
}

import { readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';

/** Which of these test files lead to a source file, over any number of imports. */
export async function importsOf(
  root: string,
  tests: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const direct = new Map<string, Promise<readonly string[]>>();
  const of = async (file: string): Promise<readonly string[]> => {
    const known = direct.get(file) ?? readImports(root, file);
    direct.set(file, known);
    return await known;
  };
  const reach = async (test: string): Promise<ReadonlySet<string>> => {
    const seen = new Set<string>();
    const open = [test];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      open.push(...(await of(file)));
    }
    return seen;
  };
  return new Map(await Promise.all(tests.map(async (test) => [test, await reach(test)] as const)));
}

async function readImports(root: string, file: string): Promise<readonly string[]> {
  const text = await readFile(join(root, file), 'utf8').catch(() => '');
  const found = text.matchAll(/(?:from|import\()\s*'(\.[^']+\.ts)'/g);
  return [...found].map(([, path = '']) => normalize(join(dirname(file), path)));
}

/** Test files of one folder first: most mutants die in their neighbour's tests. */
export function nearestFirst(file: string, tests: readonly string[]): readonly (readonly string[])[] {
  const folder = dirname(file);
  const near = tests.filter((test) => dirname(test) === folder || folder.startsWith(`${dirname(test)}/`));
  return [near, tests.filter((test) => !near.includes(test))].filter((group) => group.length > 0);
}

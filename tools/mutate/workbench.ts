import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer, Order } from './bench.ts';

/** `timeout`: it never ended, which is seen as well. */
export type Outcome = 'killed' | 'timeout' | 'survived';

/** A copy of the repository outside of the work tree, in which files may be wrong. */
export type Workbench = {
  /** Runs groups of test files one after another until one fails, with one file replaced. */
  readonly judge: (
    mutant: { readonly file: string; readonly text: string; readonly original: string },
    groups: readonly (readonly string[])[],
  ) => Promise<Outcome>;
  readonly close: () => Promise<void>;
};

/** The slowest of these tests take a second or two alone; cores may be shared. */
const limitMs = 120_000;
const copied = ['src', 'test', 'tools', 'package.json', 'tsconfig.json', 'vitest.config.ts'];

export async function openWorkbench(repository: string): Promise<Workbench> {
  const root = await mkdtemp(join(tmpdir(), 'pullmend-mutate-'));
  await mkdir(root, { recursive: true });
  for (const name of copied) {
    await cp(join(repository, name), join(root, name), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    });
  }
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'), 'dir');
  let child: ChildProcess | undefined;
  /** What was wrong last is right again; the child has to hear of it. */
  let last: string | undefined;

  async function start(): Promise<ChildProcess> {
    const made = fork(join(root, 'tools', 'mutate', 'bench.ts'), [], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await once(made, 'message');
    return made;
  }

  async function end(): Promise<void> {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null) return;
    const gone = once(ending, 'exit');
    ending.kill('SIGKILL');
    await gone;
  }

  async function ask(order: Order): Promise<Answer | undefined> {
    child ??= await start();
    const signal = AbortSignal.timeout(limitMs);
    try {
      child.send(order);
      const [answer] = (await once(child, 'message', { signal })) as [Answer];
      if (answer.soiled || answer.late) await end();
      return answer.late ? undefined : answer;
    } catch {
      await end();
      return undefined;
    }
  }

  return {
    async judge({ file, text, original }, groups) {
      const path = join(root, file);
      const changed = last === undefined ? [path] : [last, path];
      last = path;
      await writeFile(path, text);
      try {
        for (const tests of groups) {
          const order = { changed, tests: tests.map((test) => join(root, test)) };
          // A busy machine is slow: what does not end is asked once more, in a new process.
          const answer = (await ask(order)) ?? (await ask(order));
          if (answer === undefined) return 'timeout';
          if (answer.failed) return 'killed';
        }
        return 'survived';
      } finally {
        await writeFile(path, original);
      }
    },
    async close() {
      await end();
      await rm(root, { recursive: true, force: true });
    },
  };
}

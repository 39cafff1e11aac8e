/**
 * `npm test [-- VITEST-ARGS…]`: all tests that need no root; with PULLMEND_LAB=1 also the scenarios on a real
 * cluster. The last line counts both.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { x } from 'tinyexec';

type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number };

type VitestReport = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
};

const repository = join(import.meta.dirname, '..');
const labReport = join(repository, 'lab', 'reports', 'report.json');

// Ctrl-C and a CI's timeout end what runs now; the lab is taken down all the same.
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interruption.abort());

const tallies = [await runTests(process.argv.slice(2))];
if (process.env['PULLMEND_LAB'] === '1') {
  tallies.push(await runLab());
} else {
  console.log(
    '\nskipped: the scenarios on a real cluster, which need root on Linux (PULLMEND_LAB=1 npm test)',
  );
}

const passed = sum('passed');
const failed = sum('failed');
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
console.log(`${passed} passed, ${failed} failed, ${sum('skipped')} skipped`);

function sum(key: keyof Tally): number {
  return tallies.reduce((total, tally) => total + tally[key], 0);
}

async function runTests(args: readonly string[]): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'pullmend-test-'));
  const file = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const exit = await run('vitest', ['run', ...reporters, ...args], interruption.signal);
    const report = await readJson<VitestReport>(file);
    return withExit(exit, {
      passed: report?.numPassedTests ?? 0,
      failed: report?.numFailedTests ?? 0,
      skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runLab(): Promise<Tally> {
  await rm(labReport, { force: true });
  try {
    const up = await lab('up', interruption.signal);
    const exit = up === 0 ? await lab('scenarios', interruption.signal) : up;
    return withExit(exit, (await readJson<Tally>(labReport)) ?? { passed: 0, failed: 0, skipped: 0 });
  } finally {
    await lab('down');
  }
}

function lab(command: string, signal?: AbortSignal): Promise<number> {
  console.log(`\nlab ${command}`);
  return run(process.execPath, ['lab/main.ts', command], signal);
}

/** Runs a command on this terminal's output; its exit code, or 1 when it was killed. */
async function run(program: string, args: readonly string[], signal?: AbortSignal): Promise<number> {
  const { exitCode } = await x(program, [...args], {
    nodeOptions: { cwd: repository, stdio: ['ignore', 'inherit', 'inherit'] },
    ...(signal === undefined ? {} : { signal }),
  });
  return exitCode ?? 1;
}

/** A run that ends badly without a failed test (it did not start, a hook threw) counts as one failure. */
function withExit(exit: number, tally: Tally): Tally {
  return exit !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

async function readJson<T>(file: string): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as T);
}

/** `npm run check`: everything that can be said about the code without running it. */
import { join } from 'node:path';
import pLimit from 'p-limit';
import { x } from 'tinyexec';

const repository = join(import.meta.dirname, '..');

/** Slowest first, so that two at a time end together. */
const checks: readonly { readonly name: string; readonly command: readonly [string, ...string[]] }[] = [
  { name: 'dead code', command: ['knip', '--no-progress', '--treat-config-hints-as-errors'] },
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'floors', command: ['depcruise', 'src', 'lab', 'test', 'tools'] },
  {
    name: 'lint',
    command: ['oxlint', '--type-aware', '--deny-warnings', '--report-unused-disable-directives'],
  },
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'reference pages', command: ['node', 'tools/gen.ts', '--check'] },
  { name: 'package', command: ['publint', '--strict'] },
];

// Two cores are what a small CI machine has; more would only make each check slower.
const limit = pLimit(2);

type Outcome = { readonly name: string; readonly passed: boolean };

async function run({ name, command }: (typeof checks)[number]): Promise<Outcome> {
  const started = performance.now();
  const [program, ...args] = command;
  const { exitCode, stdout, stderr } = await x(program, args, { nodeOptions: { cwd: repository } });
  const passed = exitCode === 0;
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  console.log(`${passed ? '✔' : '✘'} ${name.padEnd(16)} ${seconds} s`);
  if (!passed) console.log(`\n${command.join(' ')}\n${stdout}${stderr}`);
  return { name, passed };
}

const outcomes = await Promise.all(checks.map((check) => limit(run, check)));
const failed = outcomes.filter(({ passed }) => !passed);
if (failed.length > 0) {
  console.log(`failed: ${failed.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
}

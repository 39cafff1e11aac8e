/**
 * Runs tests in a copy of the repository, as a process of its own: a mutant that never ends takes only this down.
 * Its parent sends a list of test files; it answers with whether one of them failed.
 */
import { createVitest } from 'vitest/node';

export type Order = { readonly changed: readonly string[]; readonly tests: readonly string[] };
/**
 * `soiled`: something was thrown outside of any test, and may be told again after the next order. `late`: what failed
 * was a limit of time, which a busy machine may have missed by itself.
 */
export type Answer = { readonly failed: boolean; readonly soiled: boolean; readonly late: boolean };

const root = process.cwd();
const vitest = await createVitest(
  'test',
  {
    root,
    watch: false,
    bail: 1,
    project: 'unit',
    reporters: [{}],
    testTimeout: 30_000,
    maxWorkers: 1,
  },
  { server: { watch: null } },
);

process.on('message', (order: Order) => {
  void run(order).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });

async function run({ changed, tests }: Order): Promise<Answer> {
  for (const file of changed) vitest.invalidateFile(file);
  const specifications = await vitest.globTestSpecifications([...tests]);
  const wanted = specifications.filter(({ moduleId }) => tests.includes(moduleId));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(wanted, false);
  // What earlier orders ran is told again.
  const run = testModules.filter(({ moduleId }) => tests.includes(moduleId));
  const soiled = unhandledErrors.length > 0;
  const failed = soiled || run.some((one) => !one.ok()) || run.length < wanted.length;
  const errors = run.flatMap((one) =>
    [...one.children.allTests('failed')].flatMap((test) => test.result().errors ?? []),
  );
  return { failed, soiled, late: errors.some(({ message }) => /timed out in \d+ms/.test(message)) };
}

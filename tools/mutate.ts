/**
 * `npm run mutate [-- --named] [--sample N] [PATH…]`: puts one wrong turn after another into the code that changes
 * clusters and files, and runs the tests that lead to it. Those that no test notices are listed. `--named` takes only
 * the wrong turns of mutate/named.data.ts, `--sample` every so-many-th one, PATH those of some files.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { x } from 'tinyexec';
import { namedMutants } from './mutate/named.data.ts';
import { mutantsOf } from './mutate/operators.ts';
import { importsOf, nearestFirst } from './mutate/related.ts';
import { openWorkbench, type Outcome } from './mutate/workbench.ts';

const repository = join(import.meta.dirname, '..');
/** What must not do harm, and where its tests lie. */
const places = [
  'src/steps/',
  'src/stages/apply/',
  'src/stages/undo/',
  'src/stages/verify/',
  'src/core/choose/',
  'src/stages/plan/choose.ts',
  'src/capabilities/repair/',
];
const testPlaces = [...places, 'src/stages/plan/', 'src/core/knowledge/failures/weigh'];

type Task = {
  readonly title: string;
  readonly place: string;
  readonly file: string;
  readonly text: string;
  readonly original: string;
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { named: { type: 'boolean', default: false }, sample: { type: 'string', default: '1' } },
});
const every = Number(values.sample);
if (!Number.isInteger(every) || every < 1) throw new RangeError('--sample takes a whole number from 1 on');

const files = (await x('git', ['ls-files', 'src'], { nodeOptions: { cwd: repository } })).stdout.split('\n');
const isTest = (file: string) => file.endsWith('.test.ts');
const tests = files.filter((file) => isTest(file) && testPlaces.some((place) => file.startsWith(place)));
const imports = await importsOf(repository, tests);
const tasks = values.named ? await named() : await generated();

const bench = await openWorkbench(repository);
const survivors: Task[] = [];
const tally = new Map<string, Record<Outcome, number>>();
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
try {
  await requireSound();
  for (const task of tasks) {
    if (stop.signal.aborted) break;
    const related = tests.filter((test) => imports.get(test)?.has(task.file));
    const outcome = await bench.judge(task, nearestFirst(task.file, related));
    const counts = tally.get(task.place) ?? { killed: 0, timeout: 0, survived: 0 };
    tally.set(task.place, { ...counts, [outcome]: counts[outcome] + 1 });
    if (outcome === 'survived') survivors.push(task);
    if (values.named || outcome !== 'killed') console.log(`${outcome.padEnd(9)} ${task.title}`);
  }
  await requireSound();
} finally {
  await bench.close();
}

const rows = [...tally].map(([place, { killed, timeout, survived }]) => ({
  place,
  killed: killed + timeout,
  timeout,
  survived,
}));
const sum = (key: 'killed' | 'timeout' | 'survived') => rows.reduce((total, row) => total + row[key], 0);
console.log('\n| where | mutants | noticed | of these never ended | |\n|---|---|---|---|---|');
const whole = { place: 'all', killed: sum('killed'), timeout: sum('timeout'), survived: sum('survived') };
for (const row of [...rows, whole]) {
  const all = row.killed + row.survived;
  console.log(
    `| ${row.place} | ${all} | ${row.killed} | ${row.timeout} | ${all === 0 ? '' : `${Math.floor((row.killed / all) * 100)} %`} |`,
  );
}
process.exitCode = values.named && survivors.length > 0 ? 1 : 0;

/** Tests that fail by themselves, before the first mutant or since one of them, would kill everything. */
async function requireSound(): Promise<void> {
  const [first] = tasks;
  if (first === undefined) return;
  // One at a time, as they are run for a mutant: all at once take longer than any of them may.
  const alone = tests.map((test) => [test]);
  const outcome = await bench.judge({ ...first, text: first.original }, alone);
  if (outcome !== 'survived') throw new Error(`without any mutant the tests are ${outcome}`);
}

async function named(): Promise<readonly Task[]> {
  return await Promise.all(
    namedMutants.map(async ({ name, file, find, replace }) => {
      const original = await readFile(join(repository, file), 'utf8');
      const parts = original.split(find);
      if (parts.length !== 2) throw new Error(`${file} does not hold exactly once: ${find}`);
      return { title: name, place: 'named', file, text: parts.join(replace), original };
    }),
  );
}

async function generated(): Promise<readonly Task[]> {
  const chosen = files.filter(
    (file) =>
      file.endsWith('.ts') &&
      !isTest(file) &&
      places.some((place) => file.startsWith(place)) &&
      (positionals.length === 0 || positionals.some((path) => file.startsWith(path))),
  );
  const all = await Promise.all(
    chosen.map(async (file) => {
      const original = await readFile(join(repository, file), 'utf8');
      return mutantsOf(file, original).map((mutant) => ({
        title: `${file}:${mutant.line} ${mutant.operator}: ${oneLine(mutant.before)} → ${oneLine(mutant.after)}`,
        place: placeOf(file),
        file,
        text: mutant.text,
        original,
      }));
    }),
  );
  return all.flat().filter((_, index) => index % every === 0);
}

/** `src/steps/patch` of a kind of step, else the room itself. */
function placeOf(file: string): string {
  return (
    /^src\/steps\/[^/]+(?=\/)/.exec(file)?.[0] ??
    file
      .split('/')
      .slice(0, 3)
      .join('/')
      .replace(/\/[^/]*\.ts$/, '')
  );
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { classify } from '../src/core/knowledge/failures/index.ts';
import { baselineClass } from './diagnosis-baseline.ts';

/** A labelled message: `{"id","message","class","inner"?,"reason"?,"runtime"?,"image"?}` a line. */
type Labelled = {
  readonly id: string;
  readonly message: string;
  readonly class: string;
  readonly inner?: string;
  readonly reason?: string;
  readonly runtime?: string;
  readonly image?: string;
  readonly secretWarning?: string;
};

type Scored = { readonly row: Labelled; readonly got: string; readonly right: boolean };

const speedLines = 10_000;
const corpus = process.env.PULLMEND_CORPUS ?? join(import.meta.dirname, '..', '..', 'shared', 'corpus');
const testdata = join(import.meta.dirname, '../src/core/knowledge/failures/testdata');
const files = [
  ['own', join(testdata, 'messages.jsonl')],
  ['lab', join(testdata, 'lab.jsonl')],
  ['corpus', join(corpus, 'messages.jsonl')],
] as const;

for (const [name, file] of files) {
  if (existsSync(file)) report(name, read(file));
  else console.log(`${name}: skipped, ${file} is absent`);
}

function read(file: string): readonly Labelled[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Labelled);
}

function report(name: string, rows: readonly Labelled[]): void {
  const scored = rows.map(score);
  const right = scored.filter((it) => it.right).length;
  const baseline = rows.filter((row) => baselineClass(row.message) === row.class).length;
  console.log(`\n${name}: ${rows.length} messages`);
  console.log(`  exact class       ${share(right, rows.length)}`);
  console.log(`  three-class rules ${share(baseline, rows.length)}`);
  printConfusion(scored);
  console.log(
    `  ${Math.round(linesPerSecond(rows)).toLocaleString('en')} lines a second, ${speedLines} lines`,
  );
}

function score(row: Labelled): Scored {
  const found = classify(row);
  const right = found.class === row.class && (row.inner === undefined || row.inner === found.inner);
  const inner = found.inner === undefined ? '' : `/${found.inner}`;
  return { row, got: `${found.class}${inner}`, right };
}

/** A row for each class: how many, how many right, and what the others were taken for. */
function printConfusion(scored: readonly Scored[]): void {
  const byClass = Map.groupBy(scored, ({ row }) => row.class);
  console.log(`  ${'class'.padEnd(24)}${'n'.padStart(4)}${'right'.padStart(7)}  taken for`);
  for (const [name, members] of [...byClass].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const wrong = members.filter((it) => !it.right).map(({ row, got }) => `${got} (${row.id})`);
    const counts = `${String(members.length).padStart(4)}${String(members.length - wrong.length).padStart(7)}`;
    console.log(`  ${name.padEnd(24)}${counts}  ${wrong.join(', ')}`.trimEnd());
  }
}

function linesPerSecond(rows: readonly Labelled[]): number {
  const started = performance.now();
  for (let line = 0; line < speedLines; line++) {
    const row = rows[line % rows.length];
    if (row !== undefined) classify(row);
  }
  return speedLines / ((performance.now() - started) / 1000);
}

function share(part: number, whole: number): string {
  return `${part}/${whole} (${((100 * part) / whole).toFixed(1)} %)`;
}

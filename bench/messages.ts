import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `node bench/messages.ts 10000`: so many lines for `pullmend explain --input`, from the labelled messages. */
const wanted = Number(process.argv[2] ?? 10_000);
const file = join(import.meta.dirname, '../src/core/knowledge/failures/testdata/messages.jsonl');
const rows = readFileSync(file, 'utf8').trimEnd().split('\n');

for (let index = 0; index < wanted; index++) {
  const row: unknown = JSON.parse(rows[index % rows.length] ?? '{}');
  console.log(JSON.stringify({ ...Object(row), id: index }));
}

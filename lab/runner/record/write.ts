import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cases } from './cases.data.ts';
import type { MessageRecord } from './record.ts';

/** Writes records over those of the same name in a file of one a line, in the order of the cases. */
export function writeRecords(file: string, records: readonly MessageRecord[]): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const old = before.map((line) => JSON.parse(line) as MessageRecord);
  const byId = new Map([...old, ...records].map((record) => [record.id, record]));
  const lines = cases.flatMap(({ name }) => byId.get(name) ?? []).map((record) => JSON.stringify(record));
  writeFileSync(file, `${lines.join('\n')}\n`);
}

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RecordStore, RepairRecord, UnreadableRecord } from '../../core/model/index.ts';
import { fileRecordStore } from './index.ts';

let folder: string;
let told: UnreadableRecord[];
let records: RecordStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-runs-'));
  told = [];
  records = fileRecordStore(folder, (each) => void told.push(each));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function record(name: string): RepairRecord {
  const object = { apiVersion: '', kind: 'File', name: 'a.yaml' };
  const edit = { file: '/a.yaml', line: 1, column: 1, offset: 0, length: 1, before: 'a', after: 'b' };
  const step = {
    id: 's1',
    object,
    needs: [],
    expect: [],
    kind: 'edit-file',
    file: '/a.yaml',
    sha256: '0'.repeat(64),
    edits: [edit],
  } as const;
  return {
    apiVersion: 'pullmend.dev/v1alpha1',
    kind: 'RepairRecord',
    metadata: { name, createdAt: '2026-01-01T00:00:00Z' },
    spec: { user: 'ann' },
    status: { state: 'running', receipts: [{ step, state: 'intended', at: '2026-01-01T00:00:00Z' }] },
  };
}

test('receipts of another process are in the record that is read', async () => {
  await records.create(record('r-1'));
  const [receipt] = record('r-1').status.receipts;
  if (receipt === undefined) throw new Error('none');
  await records.setReceipt('r-1', { ...receipt, state: 'applied' });
  const read = await fileRecordStore(folder).load('r-1');
  expect(read?.status.receipts).toEqual([{ ...receipt, state: 'applied' }]);
  expect(read?.spec).toEqual({ user: 'ann' });
});

test('what is no record, or that of another run, is told and left out', async () => {
  await records.create(record('r-1'));
  await writeFile(join(folder, 'cut.json'), '{"apiVersion":');
  await writeFile(
    join(folder, 'old.json'),
    JSON.stringify({ ...record('old'), status: { state: 'done', receipts: [] } }),
  );
  await writeFile(join(folder, 'r-2.json'), await readFile(join(folder, 'r-1.json')));
  expect((await records.list()).map(({ metadata }) => metadata.name)).toEqual(['r-1']);
  expect(told.map(({ where, reason }) => `${where.slice(folder.length + 1)} ${reason}`).toSorted()).toEqual([
    'cut.json no-record',
    'old.json no-record',
    'r-2.json other-run',
  ]);
});

test('a receipt that says what none may say is not believed', async () => {
  await records.create(record('r-1'));
  await writeFile(join(folder, 'r-1.receipts'), '{"id":"s1","state":"applied","at":7}\n');
  expect((await fileRecordStore(folder).load('r-1'))?.status.receipts[0]?.state).toBe('intended');
});

test('a run that does not exist is none, and says nothing; one that is removed leaves nothing', async () => {
  expect(await records.load('r-9')).toBeUndefined();
  expect(await records.load('../r-1')).toBeUndefined();
  expect(told).toEqual([]);
  await records.create(record('r-1'));
  await records.remove('../r-1');
  await records.remove('r-1');
  expect(await readdir(folder)).toEqual([]);
});

import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Receipt, RecordStore, RepairRecord, RunState } from '../../core/model/index.ts';
import { writeFileAtomic } from './write.ts';

/** Keeps the records of runs that edited files: one JSON file a run, replaced as a whole and synced to disk. */
export function fileRecordStore(folder: string): RecordStore {
  const pathOf = (run: string): string => join(folder, `${run}.json`);

  async function load(run: string): Promise<RepairRecord | undefined> {
    // The name comes from the command line: it must not lead out of the folder.
    if (!/^[a-z0-9-]+$/.test(run)) return undefined;
    return await readRecord(pathOf(run));
  }

  async function change(run: string, edit: (record: RepairRecord) => RepairRecord): Promise<void> {
    const record = await load(run);
    if (record !== undefined) await writeFileAtomic(pathOf(run), format(edit(record)));
  }

  return {
    async create(record) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFileAtomic(pathOf(record.metadata.name), format(record));
    },
    async setReceipt(run, receipt) {
      await change(run, (record) => withReceipt(record, receipt));
    },
    async setState(run, state) {
      await change(run, (record) => withState(record, state));
    },
    load,
    async list() {
      const names = await readdir(folder).catch(() => []);
      const files = names.filter((name) => name.endsWith('.json'));
      const records = await Promise.all(files.map((name) => readRecord(join(folder, name))));
      return records
        .filter((record) => record !== undefined)
        .toSorted((a, b) => b.metadata.createdAt.localeCompare(a.metadata.createdAt));
    },
  };
}

function withReceipt(record: RepairRecord, receipt: Receipt): RepairRecord {
  const receipts = record.status.receipts.map((old) => (old.step.id === receipt.step.id ? receipt : old));
  return { ...record, status: { ...record.status, receipts } };
}

function withState(record: RepairRecord, state: RunState): RepairRecord {
  return { ...record, status: { ...record.status, state } };
}

async function readRecord(path: string): Promise<RepairRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as RepairRecord;
  } catch {
    return undefined;
  }
}

function format(record: RepairRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

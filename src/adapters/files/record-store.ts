import { appendFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PullmendError, reasonOf } from '../../core/base/index.ts';
import type { Receipt, RecordStore, RepairRecord, RunState } from '../../core/model/index.ts';
import { makeFolder } from './make-folder.ts';
import { readRegular } from './regular.ts';
import { writeFileAtomic } from './write.ts';

/** A run over ten thousand files has some 20 MB. */
const maxRecordBytes = 256 * 1024 * 1024;

/**
 * Keeps the records of runs that edited files: one JSON file a run, replaced as a whole and synced to disk. Receipts
 * are lines of a second file until the next state is written: a run may edit thousands of files.
 */
export function fileRecordStore(folder: string): RecordStore {
  const pathOf = (run: string): string => join(folder, `${run}.json`);
  /** Records of this process: one of thousands of files is large, and need not be read again. */
  const own = new Map<string, RepairRecord>();

  async function load(run: string): Promise<RepairRecord | undefined> {
    // The name comes from the command line: it must not lead out of the folder.
    if (!/^[a-z0-9-]+$/.test(run)) return undefined;
    return await readRecord(pathOf(run));
  }

  async function change(run: string, edit: (record: RepairRecord) => RepairRecord): Promise<void> {
    const known = own.get(run);
    const path = pathOf(run);
    const record = known === undefined ? await load(run) : await withReceipts(known, path);
    if (record === undefined) return;
    const changed = edit(record);
    await writeFileAtomic(path, format(changed));
    if (known !== undefined) own.set(run, changed);
    await rm(receiptsPath(path), { force: true });
  }

  return {
    async create(record) {
      await makeFolder(folder, { mode: 0o700 }).catch((cause: unknown) => {
        throw new PullmendError('PM_FILE_UNWRITABLE', { file: folder, reason: reasonOf(cause) }, { cause });
      });
      await writeFileAtomic(pathOf(record.metadata.name), format(record));
      own.set(record.metadata.name, record);
    },
    async setReceipt(run, receipt) {
      const { step, ...news } = receipt;
      const line: ReceiptLine = { id: step.id, ...news };
      await appendFile(receiptsPath(pathOf(run)), `${JSON.stringify(line)}\n`, { mode: 0o600 });
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

type ReceiptLine = Omit<Receipt, 'step'> & { readonly id: string };

function receiptsPath(path: string): string {
  return path.replace(/json$/, 'receipts');
}

async function withReceipts(record: RepairRecord, path: string): Promise<RepairRecord> {
  const text = await readRecordText(receiptsPath(path)).catch(() => '');
  // A last line that a kill cut short says nothing.
  const whole = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
  const lines = whole.map((line) => JSON.parse(line) as ReceiptLine);
  const news = new Map(lines.map(({ id, ...line }) => [id, line]));
  const receipts = record.status.receipts.map((old) => ({ ...old, ...news.get(old.step.id) }));
  return { ...record, status: { ...record.status, receipts } };
}

function withState(record: RepairRecord, state: RunState): RepairRecord {
  return { ...record, status: { ...record.status, state } };
}

async function readRecord(path: string): Promise<RepairRecord | undefined> {
  try {
    const record = JSON.parse(await readRecordText(path)) as RepairRecord;
    return await withReceipts(record, path);
  } catch {
    return undefined;
  }
}

async function readRecordText(path: string): Promise<string> {
  return (await readRegular(path, maxRecordBytes)).toString('utf8');
}

function format(record: RepairRecord): string {
  return `${JSON.stringify(record)}\n`;
}

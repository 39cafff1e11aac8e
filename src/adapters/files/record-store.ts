import { appendFile, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { PullmendError, reasonOf } from '../../core/base/index.ts';
import type { RecordStore, RepairRecord, RunState, UnreadableRecord } from '../../core/model/index.ts';
import { receiptSchema, repairRecordSchema, runName } from '../../core/model/schemas/index.ts';
import { makeFolder } from './make-folder.ts';
import { readRegular } from './regular.ts';
import { writeFileAtomic } from './write.ts';

/** A run over ten thousand files has some 20 MB. */
const maxRecordBytes = 256 * 1024 * 1024;

/**
 * Keeps the records of runs that edited files: one JSON file a run, replaced as a whole and synced to disk. Receipts
 * are lines of a second file until the next state is written: a run may edit thousands of files.
 *
 * @param onUnreadable told of each file that is no record; it is left out.
 */
export function fileRecordStore(
  folder: string,
  onUnreadable: (unreadable: UnreadableRecord) => void = () => {},
): RecordStore {
  const pathOf = (run: string): string => join(folder, `${run}.json`);
  /** Records of this process: one of thousands of files is large, and need not be read again. */
  const own = new Map<string, RepairRecord>();

  async function load(run: string): Promise<RepairRecord | undefined> {
    // The name comes from the command line: it must not lead out of the folder.
    if (!runName.safeParse(run).success) return undefined;
    return await readRecord(pathOf(run), onUnreadable);
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
      const records = await Promise.all(files.map((name) => readRecord(join(folder, name), onUnreadable)));
      return records
        .filter((record) => record !== undefined)
        .toSorted((a, b) => b.metadata.createdAt.localeCompare(a.metadata.createdAt));
    },
    async remove(run) {
      if (!runName.safeParse(run).success) return;
      own.delete(run);
      await rm(pathOf(run), { force: true });
      await rm(receiptsPath(pathOf(run)), { force: true });
    },
  };
}

/** A receipt without its step, which the record has. */
const receiptLine = receiptSchema.unwrap().omit({ step: true }).extend({ id: z.string() });
type ReceiptLine = z.infer<typeof receiptLine>;

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
  const lines = whole.flatMap((line) => receiptLine.safeParse(JSON.parse(line)).data ?? []);
  const news = new Map(lines.map(({ id, ...line }) => [id, line]));
  const receipts = record.status.receipts.map((old) => ({ ...old, ...news.get(old.step.id) }));
  return { ...record, status: { ...record.status, receipts } };
}

function withState(record: RepairRecord, state: RunState): RepairRecord {
  return { ...record, status: { ...record.status, state } };
}

async function readRecord(
  path: string,
  onUnreadable: (unreadable: UnreadableRecord) => void,
): Promise<RepairRecord | undefined> {
  let text: string;
  try {
    text = await readRecordText(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      onUnreadable({ where: path, reason: 'no-record' });
    return undefined;
  }
  try {
    const record = repairRecordSchema.parse(JSON.parse(text));
    if (basename(path) === `${record.metadata.name}.json`) return await withReceipts(record, path);
    onUnreadable({ where: path, reason: 'other-run' });
  } catch {
    onUnreadable({ where: path, reason: 'no-record' });
  }
  return undefined;
}

async function readRecordText(path: string): Promise<string> {
  return (await readRegular(path, maxRecordBytes)).toString('utf8');
}

function format(record: RepairRecord): string {
  return `${JSON.stringify(record)}\n`;
}

import type { RepairRecord } from './schemas/index.ts';

/** A run of this person: another's is taken back only by its name. Records from before people were kept are nobody's. */
export function isRunOf(record: RepairRecord, user: string): boolean {
  return record.spec.user === user;
}

/** Namespaces in which a run changed something; what has none counts as `default`, where its record lies. */
export function namespacesOfRun(record: RepairRecord): readonly string[] {
  return [...new Set(record.status.receipts.map(({ step }) => step.object.namespace ?? 'default'))];
}

/** A run of which nothing can be taken back any more: all its steps were put back or did nothing. */
export function isSpent(record: RepairRecord): boolean {
  const { state, receipts } = record.status;
  if (state === 'undone') return true;
  return (
    state !== 'running' &&
    receipts.every((receipt) => receipt.state === 'undone' || receipt.state === 'failed')
  );
}

/** Long enough to ask who did what last month. */
const keptDays = 30;

/** As many as anybody scrolls through. */
const keptRuns = 50;

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Records to be removed, oldest last: spent ones that are older than a month, and spent ones beyond the newest fifty.
 * A record that can still be undone is never among them, however old it is.
 *
 * @param records newest first
 * @param now ISO 8601
 */
export function recordsToPrune(records: readonly RepairRecord[], now: string): readonly RepairRecord[] {
  const oldest = Date.parse(now) - keptDays * dayMs;
  return records.filter(
    (record, index) =>
      isSpent(record) && (index >= keptRuns || Date.parse(record.metadata.createdAt) < oldest),
  );
}

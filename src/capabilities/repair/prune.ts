import { PullmendError } from '../../core/base/index.ts';
import { isRunOf, recordsToPrune, type RecordStore } from '../../core/model/index.ts';
import type { RepairTools } from './tools.ts';

/**
 * Forgets this person's old runs of which nothing can be taken back any more, and says so. It is for order only: what
 * refuses it spoils no run.
 */
export async function pruneRecords({
  records,
  whose,
  now,
  onEvent,
}: Pick<RepairTools, 'whose' | 'now' | 'onEvent'> & {
  readonly records: Pick<RecordStore, 'list' | 'remove'>;
}): Promise<void> {
  const pruned: string[] = [];
  try {
    const { user } = await whose();
    for (const record of recordsToPrune(await records.list(), now())) {
      if (record.spec.cluster !== undefined && !isRunOf(record, user)) continue;
      await records.remove(record.metadata.name);
      pruned.push(record.metadata.name);
    }
  } catch (error) {
    if (!(error instanceof PullmendError)) throw error;
  }
  if (pruned.length > 0) onEvent({ type: 'notice', notice: { what: 'records-pruned', runs: pruned } });
}

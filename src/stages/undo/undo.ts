import type { Receipt, RecordStore, RepairRecord, UndoOutcome } from '../../core/model/index.ts';
import { undoStep, type StepTools } from '../../steps/index.ts';

/** What taking a run back needs from the outside world. */
export type UndoDeps = StepTools & {
  readonly records: RecordStore;
  /** ISO 8601 time. */
  readonly now: () => string;
};

/** Takes a whole run back, last step first, and writes into the record what was put back. */
export async function undo(
  record: RepairRecord,
  deps: UndoDeps,
  options: { readonly dryRun: boolean },
): Promise<readonly UndoOutcome[]> {
  const outcomes = await undoReceipts(record.metadata.name, record.status.receipts, deps, options);
  if (!options.dryRun && !outcomes.some(isLeft)) await deps.records.setState(record.metadata.name, 'undone');
  return outcomes;
}

/** Takes some steps of a run back, last first. A step that cannot be taken back does not stop the others. */
export async function undoReceipts(
  run: string,
  receipts: readonly Receipt[],
  deps: UndoDeps,
  { dryRun }: { readonly dryRun: boolean },
): Promise<readonly UndoOutcome[]> {
  const outcomes: UndoOutcome[] = [];
  for (const receipt of receipts.toReversed()) {
    if (receipt.state === 'failed' || receipt.state === 'undone') continue;
    const done = await undoOne(receipt, run, deps, { dryRun, stillNeeded: outcomes.some(isLeft) });
    outcomes.push(...done);
    const undone = done.some(({ outcome }) => outcome === 'restored');
    if (undone && !dryRun)
      await deps.records.setReceipt(run, { ...receipt, state: 'undone', at: deps.now() });
  }
  return outcomes;
}

async function undoOne(
  receipt: Receipt,
  run: string,
  deps: UndoDeps,
  how: { readonly dryRun: boolean; readonly stillNeeded: boolean },
): Promise<readonly UndoOutcome[]> {
  const reopen = async (): Promise<void> => {
    if (!how.dryRun) await deps.records.setReceipt(run, { ...receipt, state: 'intended', at: deps.now() });
  };
  try {
    return await undoStep(receipt, { ...deps, run, ...how, reopen });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return [{ step: receipt.step.id, object: receipt.step.object, outcome: 'failed', detail }];
  }
}

/** Something of the step is still there. */
function isLeft({ outcome }: UndoOutcome): boolean {
  return outcome === 'failed' || outcome === 'changed-since';
}

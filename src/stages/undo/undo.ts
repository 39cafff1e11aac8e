import { PullmendError } from '../../core/base/index.ts';
import type { Receipt, RepairRecord, UndoOutcome } from '../../core/model/index.ts';
import type { UndoDeps } from './deps.ts';
import { outcome, type UndoContext } from './steps/context.ts';
import { undoEditFile } from './steps/edit-file.ts';
import { undoPatch } from './steps/patch.ts';
import { undoPullSecret } from './steps/pull-secret.ts';
import { undoRecreate } from './steps/recreate.ts';

/** Takes a whole run back, last step first, and writes into the record what was put back. */
export async function undo(
  record: RepairRecord,
  deps: UndoDeps,
  options: { readonly dryRun: boolean },
): Promise<readonly UndoOutcome[]> {
  const outcomes = await undoReceipts(record.metadata.name, record.status.receipts, deps, options);
  const clean = outcomes.every((o) => o.outcome !== 'failed' && o.outcome !== 'changed-since');
  if (!options.dryRun && clean) await deps.records.setState(record.metadata.name, 'undone');
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
    const kept = outcomes.some((o) => o.outcome === 'changed-since' || o.outcome === 'failed');
    const done = await undoOne(receipt, run, deps, dryRun, kept);
    outcomes.push(...done);
    const undone = done.some((o) => o.outcome === 'restored');
    if (undone && !dryRun)
      await deps.records.setReceipt(run, { ...receipt, state: 'undone', at: deps.now() });
  }
  return outcomes;
}

async function undoOne(
  receipt: Receipt,
  run: string,
  deps: UndoDeps,
  dryRun: boolean,
  kept: boolean,
): Promise<readonly UndoOutcome[]> {
  if (receipt.state === 'failed' || receipt.state === 'undone') return [];
  const { step } = receipt;
  if (step.kind === 'copy-image') return [outcome(receipt, 'kept')];
  try {
    if (step.kind === 'edit-file') return await undoEditFile(receipt, step, deps, dryRun);
    if (deps.api === undefined)
      throw new PullmendError('PM_PLAN_INVALID', { problem: `${step.id} needs a cluster` });
    const context: UndoContext = { api: deps.api, run, dryRun };
    switch (step.kind) {
      case 'patch':
        return await undoPatch(receipt, step, context);
      case 'recreate':
        return await undoRecreate(receipt, step, context);
      case 'pull-secret':
        return await undoPullSecret(receipt, context, kept);
      case 'replace-pods':
        // The pods belong to their controller; with its template back it decides about them.
        return [];
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return [outcome(receipt, 'failed', { detail })];
  }
}

import { runOf } from '../../adapters/kube/index.ts';
import { isError } from '../../core/base/index.ts';
import type { JsonObject, PullSecretStep, UndoOutcome } from '../../core/model/index.ts';
import type { ReceiptOf, UndoContext } from '../module.ts';
import { outcome } from '../outcome.ts';
import { usedBy } from './used-by.ts';

/** Deletes the pull secret of this run, unless something of the run stays and may still need it. */
export async function undo(
  receipt: ReceiptOf<PullSecretStep>,
  { api, list, run, dryRun, stillNeeded }: UndoContext,
): Promise<readonly UndoOutcome[]> {
  const ref = receipt.step.object;
  let secret: JsonObject;
  try {
    secret = await api.get(ref);
  } catch (error) {
    if (!isError(error, 'PM_NOT_FOUND')) throw error;
    return [outcome(receipt, 'gone')];
  }
  if (runOf(secret) !== run) return [outcome(receipt, 'changed-since', { detail: 'made by another run' })];
  if (stillNeeded) return [outcome(receipt, 'changed-since', { detail: 'still in use' })];
  // In a dry run nothing is put back, and what the run changed names it still.
  const user = dryRun ? undefined : await usedBy(ref, { list });
  if (user !== undefined) return [outcome(receipt, 'changed-since', { detail: `in use by ${user}` })];
  await api.delete(ref, { dryRun });
  return [outcome(receipt, 'restored')];
}

import { editObject, releaseFields } from '../../adapters/kube/index.ts';
import { isError } from '../../core/base/index.ts';
import { backward, fieldState, readField } from '../../core/edit/index.ts';
import type { PatchStep, UndoOutcome } from '../../core/model/index.ts';
import type { ReceiptOf, UndoContext } from '../module.ts';
import { outcome } from '../outcome.ts';

/** Puts back each field that still holds what pullmend wrote; any other value is somebody's and stays. */
export async function undo(
  receipt: ReceiptOf<PatchStep>,
  { api, dryRun }: UndoContext,
): Promise<readonly UndoOutcome[]> {
  const { step } = receipt;
  let outcomes: readonly UndoOutcome[] = [];
  try {
    await editObject(
      api,
      step.object,
      (object) => {
        const replaced =
          step.object.uid !== undefined && readField(object, '/metadata/uid') !== step.object.uid;
        if (replaced) {
          outcomes = [outcome(receipt, 'changed-since', { detail: 'the object was created anew' })];
          return [];
        }
        const states = step.changes.map((change) => ({ change, state: fieldState(object, change) }));
        outcomes = states.map(({ change, state }) => {
          if (state === 'after') return outcome(receipt, 'restored', { path: change.path });
          if (state === 'before') return outcome(receipt, 'already', { path: change.path });
          const found = JSON.stringify(readField(object, change.path) ?? null);
          return outcome(receipt, 'changed-since', { path: change.path, detail: found });
        });
        return states.flatMap(({ change, state }) => (state === 'after' ? [backward(change)] : []));
      },
      { dryRun },
    );
    // What holds its old value again belongs to whoever wrote it: a later apply of theirs must meet no conflict.
    const paths = outcomes.flatMap(({ outcome: result, path }) =>
      path !== undefined && (result === 'restored' || result === 'already') ? [path] : [],
    );
    if (paths.length > 0 && !dryRun) {
      const { managers: former = [] } = receipt;
      await releaseFields(api, step.object, { paths, former });
    }
  } catch (error) {
    if (!isError(error, 'PM_NOT_FOUND')) throw error;
    return [outcome(receipt, 'gone')];
  }
  return outcomes;
}

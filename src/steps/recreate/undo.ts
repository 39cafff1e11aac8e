import {
  asReplaced,
  createSurely,
  markedForRun,
  presenceOf,
  replaceObject,
  runOf,
  tryReplace,
  waitUntilGone,
} from '../../adapters/kube/index.ts';
import { readField } from '../../core/edit/index.ts';
import type { JsonObject, ObjectRef, RecreateStep, UndoOutcome } from '../../core/model/index.ts';
import type { ReceiptOf, UndoContext } from '../module.ts';
import { outcome } from '../outcome.ts';
import { sameImages } from './same-images.ts';

/** A refusal that passes (a webhook that restarts, a quota) passes within a minute. */
const patienceMs = 60_000;

/** Creates the object again as it was. Also mends a run that was killed between deleting and creating. */
export async function undo(
  receipt: ReceiptOf<RecreateStep>,
  { api, run, dryRun, signal, reopen }: UndoContext,
): Promise<readonly UndoOutcome[]> {
  const { step } = receipt;
  const makeAgain = async (): Promise<readonly UndoOutcome[]> => {
    if (dryRun) await api.create(step.before, { dryRun });
    else await createSurely(api, step.before, { forMs: patienceMs, signal });
    return [outcome(receipt, 'restored')];
  };
  /** A deletion cannot be taken back, and the name is taken until its end. */
  const makeAgainAfter = async (ending: ObjectRef): Promise<readonly UndoOutcome[]> => {
    if (dryRun) return [outcome(receipt, 'restored')];
    await reopen();
    await waitUntilGone(api, ending, { signal });
    return await makeAgain();
  };
  const found = await presenceOf(api, step.object);
  if (found.state === 'being-deleted') return await makeAgainAfter(step.object);
  if (found.state === 'gone') {
    // A finished Job or pod may be cleaned up by its time to live; only an unfinished step leaves a hole.
    return receipt.state === 'intended' ? await makeAgain() : [outcome(receipt, 'gone')];
  }
  if (found.state === 'lives') return [outcome(receipt, 'already')];
  const { object } = found;
  // Put back by the run itself, when the new object was refused after its trial.
  if (runOf(object) !== run && sameImages(object, step.before)) return [outcome(receipt, 'already')];
  if (runOf(object) !== run)
    return [outcome(receipt, 'changed-since', { detail: 'the object was created anew' })];
  if (finished(object)) return [outcome(receipt, 'completed')];
  if (!sameImages(object, step.after)) return [outcome(receipt, 'changed-since', { path: '/spec/…/image' })];
  const ref = { ...step.object, uid: String(readField(object, '/metadata/uid')) };
  if (readField(object, '/metadata/deletionTimestamp') !== undefined) return await makeAgainAfter(ref);
  const replacement = { ref, before: markedForRun(step.after, run), after: step.before };
  if (dryRun) {
    await tryReplace(api, replacement, { signal });
    return [outcome(receipt, 'restored')];
  }
  // Killed between the two halves, the next undo finds nothing there, and must know that this is not how it was left.
  await reopen();
  asReplaced(await replaceObject(api, replacement, { signal }));
  return [outcome(receipt, 'restored')];
}

/** A Job that did its work: taking it back would delete the result and bring nothing. */
function finished(object: JsonObject): boolean {
  const conditions = readField(object, '/status/conditions');
  const list = Array.isArray(conditions) ? (conditions as readonly JsonObject[]) : [];
  return object.kind === 'Job' && list.some(({ type, status }) => type === 'Complete' && status === 'True');
}

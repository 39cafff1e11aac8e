import { dryRunReplace, replaceObject, runOf } from '../../adapters/kube/index.ts';
import { readField } from '../../core/edit/index.ts';
import type { JsonObject, RecreateStep, UndoOutcome } from '../../core/model/index.ts';
import type { ReceiptOf, UndoContext } from '../module.ts';
import { outcome } from '../outcome.ts';
import { readObject } from '../proof/index.ts';
import { sameImages } from './same-images.ts';

/** Creates the object again as it was. Also mends a run that was killed between deleting and creating. */
export async function undo(
  receipt: ReceiptOf<RecreateStep>,
  { api, run, dryRun }: UndoContext,
): Promise<readonly UndoOutcome[]> {
  const { step } = receipt;
  const object = await readObject(api, step.object);
  if (object === undefined) {
    // A finished Job or pod may be cleaned up by its time to live; only an unfinished step leaves a hole.
    if (receipt.state !== 'intended') return [outcome(receipt, 'gone')];
    await api.create(step.before, { dryRun });
    return [outcome(receipt, 'restored')];
  }
  const uid = readField(object, '/metadata/uid');
  if (uid === step.object.uid) return [outcome(receipt, 'already')];
  if (runOf(object) !== run)
    return [outcome(receipt, 'changed-since', { detail: 'the object was created anew' })];
  if (finished(object)) return [outcome(receipt, 'completed')];
  if (!sameImages(object, step.after)) return [outcome(receipt, 'changed-since', { path: '/spec/…/image' })];
  const ref = { ...step.object, uid: String(uid) };
  if (dryRun) await dryRunReplace(api, ref, step.before);
  else await replaceObject(api, ref, step.before, step.after);
  return [outcome(receipt, 'restored')];
}

/** A Job that did its work: taking it back would delete the result and bring nothing. */
function finished(object: JsonObject): boolean {
  const conditions = readField(object, '/status/conditions');
  const list = Array.isArray(conditions) ? (conditions as readonly JsonObject[]) : [];
  return object.kind === 'Job' && list.some(({ type, status }) => type === 'Complete' && status === 'True');
}

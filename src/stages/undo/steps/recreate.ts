import { isDeepStrictEqual } from 'node:util';
import { dryRunReplace, replaceObject, runOf, type ObjectApi } from '../../../adapters/kube/index.ts';
import { isError } from '../../../core/base/index.ts';
import { readField } from '../../../core/edit/index.ts';
import type { JsonObject, ObjectRef, Receipt, RecreateStep, UndoOutcome } from '../../../core/model/index.ts';
import { outcome, type UndoContext } from './context.ts';

/** Creates the object again as it was. Also mends a run that was killed between deleting and creating. */
export async function undoRecreate(
  receipt: Receipt,
  step: RecreateStep,
  { api, run, dryRun }: UndoContext,
): Promise<readonly UndoOutcome[]> {
  const object = await read(api, step.object);
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
  if (!sameContainers(object, step.after))
    return [outcome(receipt, 'changed-since', { path: '/spec/…/containers' })];
  const ref = { ...step.object, uid: String(uid) };
  if (dryRun) await dryRunReplace(api, ref, step.before);
  else await replaceObject(api, ref, step.before, step.after);
  return [outcome(receipt, 'restored')];
}

async function read(api: ObjectApi, ref: ObjectRef): Promise<JsonObject | undefined> {
  try {
    return await api.get(ref);
  } catch (error) {
    if (isError(error, 'PM_NOT_FOUND')) return undefined;
    throw error;
  }
}

/** A Job that did its work: taking it back would delete the result and bring nothing. */
function finished(object: JsonObject): boolean {
  const conditions = readField(object, '/status/conditions');
  const list = Array.isArray(conditions) ? (conditions as readonly JsonObject[]) : [];
  return object.kind === 'Job' && list.some(({ type, status }) => type === 'Complete' && status === 'True');
}

function sameContainers(a: JsonObject, b: JsonObject): boolean {
  const images = (object: JsonObject): unknown =>
    ['/spec', '/spec/template/spec'].flatMap((base) =>
      ['containers', 'initContainers'].flatMap((list) => {
        const containers = readField(object, `${base}/${list}`);
        return Array.isArray(containers)
          ? containers.map((c) => [(c as JsonObject).name, (c as JsonObject).image])
          : [];
      }),
    );
  return isDeepStrictEqual(images(a), images(b));
}

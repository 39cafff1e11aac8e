import { isDeepStrictEqual } from 'node:util';
import { dryRunReplace, markedForRun, replaceObject } from '../../../adapters/kube/index.ts';
import { PullmendError } from '../../../core/base/index.ts';
import { readField } from '../../../core/edit/index.ts';
import { objectName, type RecreateStep } from '../../../core/model/index.ts';
import type { StepResult } from '../deps.ts';
import type { StepContext } from './context.ts';
import { sameAsPlanned } from './patch.ts';

/** Deletes the object and creates it anew as planned; the new one carries the run's name. */
export async function applyRecreate(step: RecreateStep, context: StepContext): Promise<StepResult> {
  const { api, dryRun, run } = context;
  const object = await api.get(step.object);
  sameAsPlanned(step, object);
  // A Job's or pod's fields hardly change, but a person may have replaced the image of a pod in the meantime.
  const expected =
    readField(step.before, '/spec/containers') ?? readField(step.before, '/spec/template/spec/containers');
  const found = readField(object, '/spec/containers') ?? readField(object, '/spec/template/spec/containers');
  if (!isDeepStrictEqual(expected, found)) {
    throw new PullmendError('PM_CHANGED_SINCE_PLAN', {
      object: objectName(step.object),
      path: '/spec/…/containers',
      found: JSON.stringify(found ?? null),
      expected: JSON.stringify(expected ?? null),
    });
  }
  const manifest = markedForRun(step.after, run);
  if (dryRun) {
    await dryRunReplace(api, step.object, manifest);
    return {};
  }
  const created = await replaceObject(api, step.object, manifest, step.before);
  const uid = readField(created, '/metadata/uid');
  return typeof uid === 'string' ? { uid } : {};
}

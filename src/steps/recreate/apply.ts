import { dryRunReplace, markedForRun, replaceObject } from '../../adapters/kube/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { readField } from '../../core/edit/index.ts';
import { objectName, type RecreateStep } from '../../core/model/index.ts';
import { sameAsPlanned } from '../same-as-planned.ts';
import type { RunContext, StepResult } from '../module.ts';
import { imageList, sameImages } from './same-images.ts';

/** Deletes the object and creates it anew as planned; the new one carries the run's name. */
export async function apply(step: RecreateStep, context: RunContext): Promise<StepResult> {
  const { api, dryRun, run } = context;
  const object = await api.get(step.object);
  sameAsPlanned(step, object);
  // A Job's or pod's fields hardly change, but a person may have replaced the image of a pod in the meantime.
  if (!sameImages(object, step.before)) {
    throw new PullmendError('PM_CHANGED_SINCE_PLAN', {
      object: objectName(step.object),
      path: '/spec/…/image',
      found: imageList(object),
      expected: imageList(step.before),
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

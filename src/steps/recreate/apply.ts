import { asReplaced, markedForRun, replaceObject, tryReplace } from '../../adapters/kube/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { readField } from '../../core/edit/index.ts';
import { objectName, type JsonObject, type RecreateStep } from '../../core/model/index.ts';
import { readyPods } from '../proof/index.ts';
import { sameAsPlanned } from '../same-as-planned.ts';
import type { RunContext, StepResult } from '../module.ts';
import { imageList, sameImages } from './same-images.ts';

/** Deletes the object and creates it anew as planned; the new one carries the run's name. */
export async function apply(step: RecreateStep, context: RunContext): Promise<StepResult> {
  const { api, dryRun, run, signal } = context;
  let ready = 0;
  const replacement = {
    ref: step.object,
    before: step.before,
    after: markedForRun(step.after, run),
    check: (live: JsonObject) => {
      stillAsPlanned(step, live);
      ready = readyPods(live);
    },
  };
  if (dryRun) {
    await tryReplace(api, replacement, { signal });
    return {};
  }
  const created = asReplaced(await replaceObject(api, replacement, { signal }));
  const uid = readField(created, '/metadata/uid');
  return { ready, ...(typeof uid === 'string' ? { uid } : {}) };
}

/** A Job's or pod's fields hardly change, but a person may have replaced the image of a pod in the meantime. */
function stillAsPlanned(step: RecreateStep, live: JsonObject): void {
  sameAsPlanned(step, live);
  if (sameImages(live, step.before)) return;
  throw new PullmendError('PM_CHANGED_SINCE_PLAN', {
    object: objectName(step.object),
    path: '/spec/…/image',
    found: imageList(live),
    expected: imageList(step.before),
  });
}

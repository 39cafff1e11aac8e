import { editObject, managersOf } from '../../adapters/kube/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { fieldState, forward, readField } from '../../core/edit/index.ts';
import { objectName, type JsonObject, type PatchStep } from '../../core/model/index.ts';
import type { RunContext, StepResult } from '../module.ts';
import { readyPods } from '../proof/index.ts';
import { sameAsPlanned } from '../same-as-planned.ts';

/** Writes the new value of each field, if the object is the planned one and still holds the old values. */
export async function apply(step: PatchStep, { api, dryRun }: RunContext): Promise<StepResult> {
  let ready = 0;
  let managers: readonly JsonObject[] = [];
  await editObject(
    api,
    step.object,
    (object) => {
      sameAsPlanned(step, object);
      ready = readyPods(object);
      managers = managersOf(
        object,
        step.changes.map(({ path }) => path),
      );
      return step.changes.flatMap((change) => {
        const state = fieldState(object, change);
        if (state === 'other') {
          throw new PullmendError('PM_CHANGED_SINCE_PLAN', {
            object: objectName(step.object),
            path: change.path,
            found: JSON.stringify(readField(object, change.path) ?? null),
            expected: JSON.stringify(change.before ?? null),
          });
        }
        return state === 'after' ? [] : [forward(change)];
      });
    },
    { dryRun },
  );
  return { ready, managers };
}

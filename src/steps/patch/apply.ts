import { editObject } from '../../adapters/kube/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { fieldState, forward, readField } from '../../core/edit/index.ts';
import { objectName, type PatchStep } from '../../core/model/index.ts';
import type { Noted, RunContext, StepResult } from '../module.ts';
import { sameAsPlanned } from '../same-as-planned.ts';
import { notedOf } from './note.ts';

/** Writes the new value of each field, if the object is the planned one and still holds the old values. */
export async function apply(step: PatchStep, { api, dryRun }: RunContext): Promise<StepResult> {
  let noted: Noted = {};
  await editObject(
    api,
    step.object,
    (object) => {
      sameAsPlanned(step, object);
      noted = notedOf(step, object);
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
  return noted;
}

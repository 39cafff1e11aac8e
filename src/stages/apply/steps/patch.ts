import { editObject } from '../../../adapters/kube/index.ts';
import { PullmendError } from '../../../core/base/index.ts';
import { fieldState, forward, readField } from '../../../core/edit/index.ts';
import { objectName, type JsonObject, type PatchStep } from '../../../core/model/index.ts';
import type { StepContext } from './context.ts';

/** Writes the new value of each field, if the object is the planned one and still holds the old values. */
export async function applyPatchStep(step: PatchStep, { api, dryRun }: StepContext): Promise<void> {
  await editObject(
    api,
    step.object,
    (object) => {
      sameAsPlanned(step, object);
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
}

/** Errors: PM_REPLACED_SINCE_PLAN when the name now belongs to another object. */
export function sameAsPlanned(step: { readonly object: PatchStep['object'] }, object: JsonObject): void {
  const { uid } = step.object;
  if (uid !== undefined && readField(object, '/metadata/uid') !== uid) {
    throw new PullmendError('PM_REPLACED_SINCE_PLAN', { object: objectName(step.object) });
  }
}

import { PullmendError } from '../core/base/index.ts';
import { readField } from '../core/edit/index.ts';
import { objectName, type JsonObject, type ObjectRef } from '../core/model/index.ts';

/** Errors: PM_REPLACED_SINCE_PLAN when the name now belongs to another object. */
export function sameAsPlanned(
  { object: { uid }, object }: { readonly object: ObjectRef },
  found: JsonObject,
): void {
  if (uid !== undefined && readField(found, '/metadata/uid') !== uid) {
    throw new PullmendError('PM_REPLACED_SINCE_PLAN', { object: objectName(object) });
  }
}

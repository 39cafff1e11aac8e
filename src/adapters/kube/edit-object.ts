import { isError } from '../../core/base/index.ts';
import { preconditions, type PatchOperation } from '../../core/edit/index.ts';
import type { JsonObject, ObjectRef } from '../../core/model/index.ts';
import type { ObjectApi, WriteOptions } from './object-api.ts';

/** Status updates of a busy controller bump the resource version; this many in a row means something is wrong. */
const maxConflicts = 8;

/**
 * Reads an object, lets `decide` compute the change from what it really holds, and writes it only if nobody wrote
 * in between; otherwise starts over. No operations: nothing is written.
 *
 * @returns the object after the write (or as it was).
 */
export async function editObject(
  api: ObjectApi,
  ref: ObjectRef,
  decide: (object: JsonObject) => readonly PatchOperation[],
  options: WriteOptions = {},
): Promise<JsonObject> {
  for (let attempt = 1; ; attempt++) {
    const object = await api.get(ref);
    const operations = decide(object);
    if (operations.length === 0) return object;
    try {
      return await api.patch(ref, [...preconditions(object), ...operations], options);
    } catch (error) {
      if (!isError(error, 'PM_CONFLICT') || attempt === maxConflicts) throw error;
    }
  }
}

import { isError } from '../../core/base/index.ts';
import { preconditions, type PatchOperation } from '../../core/edit/index.ts';
import type { JsonObject, ObjectRef } from '../../core/model/index.ts';
import type { ObjectApi, WriteOptions } from './object-api.ts';
import { backoffMs, isUnanswered, patiently, pause } from './patience.ts';

/** Status updates of a busy controller bump the resource version; this many in a row means something is wrong. */
const maxConflicts = 8;

/** Writes whose answer was lost; each is read back before the next. */
const maxUnanswered = 4;

/** An API server that restarts is back after some 20 s. */
const readBackForMs = 30_000;

/**
 * Reads an object, lets `decide` compute the change from what it really holds, and writes it only if nobody wrote
 * in between; otherwise starts over. No operations: nothing is written. A write whose answer is lost is never sent
 * again blindly: the object is read back, and `decide` sees whether it was carried out.
 *
 * @returns the object after the write (or as it was).
 */
export async function editObject(
  api: ObjectApi,
  ref: ObjectRef,
  decide: (object: JsonObject) => readonly PatchOperation[],
  options: WriteOptions = {},
): Promise<JsonObject> {
  const { signal } = options;
  const read = signal === undefined ? {} : { signal };
  let object = await api.get(ref, read);
  for (let conflicts = 0, unanswered = 0; ;) {
    const operations = decide(object);
    if (operations.length === 0) return object;
    try {
      return await api.patch(ref, [...preconditions(object), ...operations], options);
    } catch (error) {
      if (isError(error, 'PM_CONFLICT')) conflicts += 1;
      else if (isUnanswered(error)) unanswered += 1;
      else throw error;
      if (conflicts >= maxConflicts || unanswered >= maxUnanswered) throw error;
      if (isUnanswered(error)) await pause(backoffMs(unanswered), signal);
    }
    object = await patiently(() => api.get(ref, read), { forMs: readBackForMs, ...read });
  }
}

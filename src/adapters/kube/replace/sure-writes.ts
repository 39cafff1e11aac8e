import { isError } from '../../../core/base/index.ts';
import { asObjects, dig, digText, objectRef } from '../../../core/knowledge/pods/index.ts';
import { fieldManager, type JsonObject, type ObjectRef } from '../../../core/model/index.ts';
import { runOf } from '../mark.ts';
import type { DeleteOptions, ObjectApi } from '../object-api.ts';
import { isUnanswered, patiently, type Patience } from '../patience.ts';
import { presenceOf } from './presence.ts';

/**
 * Creates an object, for a bounded time again when the refusal may pass. A create whose answer was lost is read back:
 * an object of ours under that name is the one that was asked for.
 *
 * Errors: those of `create`; PM_CONFLICT when the name belongs to an object that pullmend did not make.
 */
export async function createSurely(
  api: ObjectApi,
  manifest: JsonObject,
  patience: Patience,
): Promise<JsonObject> {
  const { uid: _uid, ...ref } = objectRef(manifest);
  const read = patience.signal === undefined ? {} : { signal: patience.signal };
  // A name that is taken before an answer was lost is taken by somebody else.
  let lost = false;
  return await patiently(async () => {
    try {
      return await api.create(manifest, read);
    } catch (error) {
      lost ||= isUnanswered(error);
      if (!lost) throw error;
      const found = await presenceOf(api, ref, read);
      if (found.state === 'lives' && isOurs(found.object, manifest)) return found.object;
      throw error;
    }
  }, patience);
}

/** Made by this tool for the same run: the field manager is in the object from its first moment. */
function isOurs(found: JsonObject, manifest: JsonObject): boolean {
  const managers = asObjects(dig(found, 'metadata', 'managedFields')).map(({ manager }) => manager);
  return managers.includes(fieldManager) && runOf(found) === runOf(manifest);
}

/**
 * Asks for the deletion of exactly this object; done when it is accepted, or when the object is gone or on its way
 * already. A delete whose answer was lost is read back first.
 *
 * Errors: PM_CONFLICT when the object was written since, or is another one; those of `delete`.
 */
export async function deleteSurely(
  api: ObjectApi,
  ref: ObjectRef,
  options: DeleteOptions,
  patience: Patience,
): Promise<void> {
  let asked = false;
  await patiently(async () => {
    if (asked) {
      const { state } = await presenceOf(
        api,
        ref,
        patience.signal === undefined ? {} : { signal: patience.signal },
      );
      if (state !== 'lives') return;
    }
    asked = true;
    try {
      await api.delete(ref, options);
    } catch (error) {
      if (!isError(error, 'PM_NOT_FOUND')) throw error;
    }
  }, patience);
}

/** The preconditions of a deletion: this very object, as it was read. */
export function asRead(object: JsonObject): Pick<DeleteOptions, 'uid' | 'resourceVersion'> {
  const resourceVersion = digText(object, 'metadata', 'resourceVersion');
  return { ...uidOf(object), ...(resourceVersion === undefined ? {} : { resourceVersion }) };
}

export function uidOf(object: JsonObject): Pick<DeleteOptions, 'uid'> {
  const uid = digText(object, 'metadata', 'uid');
  return uid === undefined ? {} : { uid };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { isError, PullmendError } from '../../core/base/index.ts';
import { objectName, type JsonObject, type ObjectRef } from '../../core/model/index.ts';
import type { ObjectApi } from './object-api.ts';

/** A pod has 30 s of grace by default; twice that covers a slow kubelet. */
const goneWithinMs = 90_000;
const pollMs = 300;

/**
 * Deletes the object that `ref` names (and waits until it and what it owns are gone), then creates the manifest.
 * Not abortable on purpose: between the two halves there is no object. When the API server refuses the new one,
 * `fallback` is created in its place and the error goes on.
 */
export async function replaceObject(
  api: ObjectApi,
  ref: ObjectRef,
  manifest: JsonObject,
  fallback?: JsonObject,
): Promise<JsonObject> {
  await deleteAndWait(api, ref);
  try {
    return await api.create(manifest);
  } catch (error) {
    if (fallback !== undefined) await api.create(fallback);
    throw error;
  }
}

/** Checks with the API server's dry-run that both halves of a replacement would be accepted. */
export async function dryRunReplace(api: ObjectApi, ref: ObjectRef, manifest: JsonObject): Promise<void> {
  await api.delete(ref, deleteOptions(ref, true));
  // The old object is still there, so the new one is tried under a name that is free.
  const metadata = {
    ...(manifest.metadata as JsonObject),
    name: `${ref.name.slice(0, 40)}-pullmend-dry-run`,
  };
  await api.create({ ...manifest, metadata }, { dryRun: true });
}

/** Deletes an object and waits until its name is free. An object that is gone already is fine. */
export async function deleteAndWait(api: ObjectApi, ref: ObjectRef): Promise<void> {
  try {
    await api.delete(ref, deleteOptions(ref, false));
  } catch (error) {
    if (!isError(error, 'PM_NOT_FOUND')) throw error;
    return;
  }
  const deadline = Date.now() + goneWithinMs;
  while (await exists(api, ref)) {
    if (Date.now() > deadline)
      throw new PullmendError('PM_NOT_GONE', { object: objectName(ref), seconds: goneWithinMs / 1000 });
    await sleep(pollMs);
  }
}

function deleteOptions(ref: ObjectRef, dryRun: boolean) {
  return { dryRun, propagation: 'Foreground' as const, ...(ref.uid === undefined ? {} : { uid: ref.uid }) };
}

async function exists(api: ObjectApi, ref: ObjectRef): Promise<boolean> {
  try {
    const object = await api.get(ref);
    return ref.uid === undefined || (object.metadata as JsonObject | undefined)?.uid === ref.uid;
  } catch (error) {
    if (isError(error, 'PM_NOT_FOUND')) return false;
    throw error;
  }
}

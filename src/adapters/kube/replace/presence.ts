import { isError, PullmendError } from '../../../core/base/index.ts';
import { asList, dig, digText } from '../../../core/knowledge/pods/index.ts';
import { objectName, type JsonObject, type ObjectRef } from '../../../core/model/index.ts';
import type { ObjectApi, ReadOptions } from '../object-api.ts';
import { backoffMs, mayPass, pause } from '../patience.ts';

/**
 * What an object's name leads to. `being-deleted`: it is still there, but its deletion was accepted and cannot be
 * taken back; `another`: the name belongs to an object that was made later.
 */
export type Presence =
  | { readonly state: 'lives' | 'another'; readonly object: JsonObject }
  | { readonly state: 'being-deleted'; readonly object: JsonObject; readonly finalizers: readonly string[] }
  | { readonly state: 'gone' };

/** Tells a living object from one that is being deleted, from another one of its name, and from none. */
export async function presenceOf(api: ObjectApi, ref: ObjectRef, options?: ReadOptions): Promise<Presence> {
  let object: JsonObject;
  try {
    object = await api.get(ref, options);
  } catch (error) {
    if (isError(error, 'PM_NOT_FOUND')) return { state: 'gone' };
    throw error;
  }
  if (ref.uid !== undefined && digText(object, 'metadata', 'uid') !== ref.uid)
    return { state: 'another', object };
  if (dig(object, 'metadata', 'deletionTimestamp') === undefined) return { state: 'lives', object };
  return { state: 'being-deleted', object, finalizers: finalizersOf(object) };
}

/** What somebody wants to do before the object may go. */
export function finalizersOf(object: JsonObject): readonly string[] {
  return asList(dig(object, 'metadata', 'finalizers')).filter((each) => typeof each === 'string');
}

/** Foreground deletion waits for the kubelet and for controllers; a slow node takes this long beyond the grace. */
const slackMs = 90_000;

/** Pods may ask for hours of grace; nobody sits before a terminal for so long, and `undo` can wait again. */
const longestGraceMs = 10 * 60_000;

/** A deletion that is under way ends by then, or it is held. */
export function goneWithinMs(object: JsonObject): number {
  const seconds = [
    dig(object, 'metadata', 'deletionGracePeriodSeconds'),
    dig(object, 'spec', 'terminationGracePeriodSeconds'),
    dig(object, 'spec', 'template', 'spec', 'terminationGracePeriodSeconds'),
  ].filter((each) => typeof each === 'number');
  return slackMs + Math.min(Math.max(30, ...seconds) * 1000, longestGraceMs);
}

/**
 * Waits until the name no longer leads to the object: finalizers and foreground deletion included. An API server
 * that is away for a moment is waited for as well. Without `ref.uid` any object of that name is waited for.
 * Errors: PM_NOT_GONE, the abort's reason.
 */
export async function waitUntilGone(
  api: ObjectApi,
  ref: ObjectRef,
  options: ReadOptions & { readonly timeoutMs?: number } = {},
): Promise<void> {
  const { signal, timeoutMs } = options;
  const started = Date.now();
  let allowed = timeoutMs ?? slackMs;
  for (let polls = 1; ; polls++) {
    let held: readonly string[] = [];
    try {
      const found = await presenceOf(api, ref, signal === undefined ? {} : { signal });
      if (found.state === 'gone' || found.state === 'another') return;
      allowed = timeoutMs ?? goneWithinMs(found.object);
      held = finalizersOf(found.object);
    } catch (error) {
      signal?.throwIfAborted();
      if (!mayPass(error) || Date.now() - started > allowed) throw error;
    }
    const wait = Math.min(backoffMs(polls), longestPollMs);
    if (Date.now() - started + wait > allowed) {
      const seconds = Math.round((Date.now() - started) / 1000);
      throw new PullmendError('PM_NOT_GONE', { object: objectName(ref), seconds, held });
    }
    await pause(wait, signal);
  }
}

/** People watch the new object come: a pause adds to their waiting. */
const longestPollMs = 1000;

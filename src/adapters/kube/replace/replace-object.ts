import { isDeepStrictEqual } from 'node:util';
import { isError, PullmendError } from '../../../core/base/index.ts';
import { asObject } from '../../../core/knowledge/pods/index.ts';
import { objectName, type JsonObject } from '../../../core/model/index.ts';
import type { ObjectApi, ReadOptions } from '../object-api.ts';
import { graceAfter } from './grace.ts';
import { waitUntilGone } from './presence.ts';
import { asRead, createSurely, deleteSurely } from './sure-writes.ts';
import { readLiving, tryReplace, type Replacement, type Untried } from './try-replace.ts';

/**
 * How a replacement ended. `refused`: before anything was deleted, all is as it was; `put-back`: the new object was
 * refused after its trial, and the old one is there again, with a new UID; `open`: the old object is being deleted or
 * is deleted, and neither is there yet: `lost` is the object whole, which the record keeps and `undo` makes again.
 */
export type ReplaceResult =
  | { readonly outcome: 'replaced'; readonly object: JsonObject; readonly untried: readonly Untried[] }
  | { readonly outcome: 'refused'; readonly error: PullmendError }
  | { readonly outcome: 'put-back'; readonly object: JsonObject; readonly error: PullmendError }
  | {
      readonly outcome: 'open';
      readonly half: 'being-deleted' | 'deleted';
      readonly lost: JsonObject;
      readonly error: PullmendError;
    };

/** Controllers write the status of what they watch; this many writes in a row between a read and a deletion are too many. */
const maxReads = 10;

/** A refusal that passes (webhook restarting, quota freed by what was just deleted) passes within seconds. */
const newForMs = 20_000;

/** With no object there at all, the old one is worth more waiting. */
const oldForMs = 60_000;

/**
 * Deletes an object and creates another in its place, so that nothing is lost: both halves are tried first
 * (`tryReplace`), and what is refused is not deleted; the deletion names the UID and the version that were read; a
 * new object that is refused all the same is retried for a while if its refusal may pass, and then the old one is
 * put back.
 *
 * An abort before the deletion ends the work with nothing changed. After it there is no way but forward: the half
 * that is under way gets the time of `graceAfter`, and what cannot be finished by then is `open`.
 *
 * Errors: the abort's reason, before the deletion. Everything else is in the result.
 */
export async function replaceObject(
  api: ObjectApi,
  replacement: Replacement,
  options: ReadOptions = {},
): Promise<ReplaceResult> {
  const grace = graceAfter(options.signal);
  try {
    return await replaceWithin(api, replacement, options, grace);
  } finally {
    grace.end();
  }
}

async function replaceWithin(
  api: ObjectApi,
  replacement: Replacement,
  options: ReadOptions,
  { signal: late }: Required<ReadOptions>,
): Promise<ReplaceResult> {
  const { ref, before, after } = replacement;
  const within = { signal: late };
  const open = (half: 'being-deleted' | 'deleted', cause: unknown): ReplaceResult => {
    const error = late.aborted
      ? new PullmendError('PM_REPLACEMENT_OPEN', { object: objectName(ref) }, { cause })
      : asError(cause);
    return { outcome: 'open', half, lost: before, error };
  };
  let untried: readonly Untried[];
  try {
    untried = await tryAndDelete(api, replacement, options, late);
  } catch (error) {
    if (late.aborted) return open('being-deleted', error);
    options.signal?.throwIfAborted();
    if (error instanceof PullmendError) return { outcome: 'refused', error };
    throw error;
  }
  try {
    await waitUntilGone(api, ref, within);
  } catch (error) {
    return open('being-deleted', error);
  }
  try {
    const object = await createSurely(api, after, { ...within, forMs: newForMs });
    return { outcome: 'replaced', object, untried };
  } catch (error) {
    if (late.aborted) return open('deleted', error);
    const refusal = asError(error);
    try {
      const object = await createSurely(api, before, { ...within, forMs: oldForMs });
      return { outcome: 'put-back', object, error: refusal };
    } catch (again) {
      const params = { object: objectName(ref), refused: refusal.message, reason: asError(again).message };
      return open('deleted', new PullmendError('PM_OBJECT_LOST', params, { cause: again }));
    }
  }
}

/** The object of a replacement that worked. Errors: the reason of one that did not. */
export function asReplaced(result: ReplaceResult): JsonObject {
  if (result.outcome === 'replaced') return result.object;
  throw result.error;
}

async function tryAndDelete(
  api: ObjectApi,
  replacement: Replacement,
  options: ReadOptions,
  late: AbortSignal,
): Promise<readonly Untried[]> {
  const { live, untried } = await tryReplace(api, replacement, options);
  let read = live;
  for (let reads = 1; ; reads++) {
    options.signal?.throwIfAborted();
    try {
      const how = { ...asRead(read), propagation: 'Foreground', signal: late } as const;
      await deleteSurely(api, replacement.ref, how, { forMs: newForMs, signal: late });
      return untried;
    } catch (error) {
      if (!isError(error, 'PM_CONFLICT') || reads === maxReads) throw error;
      read = await readLiving(api, replacement, options);
      // A new status makes no other object; whatever else somebody changed meanwhile is theirs.
      if (!isSameButStatus(read, live)) throw error;
    }
  }
}

function isSameButStatus(a: JsonObject, b: JsonObject): boolean {
  return isDeepStrictEqual(withoutStatus(a), withoutStatus(b));
}

function withoutStatus({ status: _status, metadata, ...rest }: JsonObject): JsonObject {
  const { resourceVersion: _version, managedFields: _managers, ...kept } = asObject(metadata);
  return { ...rest, metadata: kept };
}

function asError(cause: unknown): PullmendError {
  if (cause instanceof PullmendError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new PullmendError('PM_INTERNAL', { message }, { cause });
}

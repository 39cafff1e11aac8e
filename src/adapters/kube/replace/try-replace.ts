import { isError, PullmendError } from '../../../core/base/index.ts';
import { asObject, kindInfo } from '../../../core/knowledge/pods/index.ts';
import { readField } from '../../../core/edit/index.ts';
import { objectName, type JsonObject, type ObjectRef } from '../../../core/model/index.ts';
import type { ObjectApi, ReadOptions } from '../object-api.ts';
import { underFreeName, underOwnName } from './free-name.ts';
import { finalizersOf, presenceOf } from './presence.ts';
import { isQuotaRefusal, roomWhenGone } from './quota.ts';
import { uidOf } from './sure-writes.ts';

export type Replacement = {
  /** With its `uid`: exactly this object is deleted. */
  readonly ref: ObjectRef;
  /** What is created in its place. */
  readonly after: JsonObject;
  /** The object as it was, ready to be created: put back when the API server refuses the new one after all. */
  readonly before: JsonObject;
  /** Throws when the live object is no longer the one that was planned for; asked at every read. */
  readonly check?: (live: JsonObject) => void;
  /** Finalizers of others are no reason to refuse: the user knows that somebody takes them away. */
  readonly waitForFinalizers?: boolean;
};

/**
 * What could not be tried, so that a person may be told before the question. `webhook`: one that takes no dry run;
 * `quota`: it counts the old object as well, there will be room unless somebody else takes it; `pods`: this user may
 * not create pods; `put-back`: the old object would no longer be let in.
 */
export type Untried = {
  readonly what: 'webhook' | 'quota' | 'pods' | 'put-back';
  readonly message: string;
};

export type Trial = {
  /** As it was read: its UID and version are the preconditions of the deletion. */
  readonly live: JsonObject;
  readonly untried: readonly Untried[];
};

/** Finalizers that Kubernetes itself takes away. */
const ownFinalizers = new Set([
  'foregroundDeletion',
  'orphan',
  'batch.kubernetes.io/job-tracking',
  'kubernetes.io/pvc-protection',
  'kubernetes.io/pv-protection',
]);

/**
 * Tries everything that a replacement will ask of the API server, and changes nothing: the deletion of the old
 * object, and the creation of the new one, of the pods that it will want, and of the old one again, each by
 * server-side dry-run under a free name. Admission, policies, quotas, limits, webhooks that are down and missing
 * rights refuse here what they would refuse later.
 *
 * Errors: PM_NOT_FOUND, PM_REPLACED_SINCE_PLAN, PM_BEING_DELETED, PM_HELD_BY_FINALIZER, and the refusals themselves.
 */
export async function tryReplace(
  api: ObjectApi,
  replacement: Replacement,
  options: ReadOptions = {},
): Promise<Trial> {
  const { ref, after, before } = replacement;
  const live = await readLiving(api, replacement, options);
  const untried: Untried[] = [];
  const dryRun = { ...options, dryRun: true };
  const attempt = async (call: () => Promise<unknown>): Promise<void> => {
    const found = await untriedBy(call, live);
    if (found !== undefined) untried.push(found);
  };
  const attemptToCreate = async (manifest: JsonObject): Promise<void> => {
    const trial = underFreeName(manifest);
    await attempt(async () => {
      try {
        await api.create(trial, dryRun);
      } catch (error) {
        throw underOwnName(error, trial, ref.name);
      }
    });
  };
  await attempt(() => api.delete(ref, { ...dryRun, ...uidOf(live), propagation: 'Foreground' }));
  await attemptToCreate(after);
  const pod = podOf(after, live);
  if (pod !== undefined) {
    await attemptToCreate(pod).catch((error: unknown) => {
      if (!isError(error, 'PM_FORBIDDEN')) throw error;
      untried.push({ what: 'pods', message: error.message });
    });
  }
  await attemptToCreate(before).catch((error: unknown) => {
    options.signal?.throwIfAborted();
    untried.push({ what: 'put-back', message: error instanceof Error ? error.message : String(error) });
  });
  return { live, untried: unique(untried) };
}

/**
 * The object that is to be replaced, if it may be. Errors: PM_NOT_FOUND, PM_REPLACED_SINCE_PLAN, PM_BEING_DELETED,
 * PM_HELD_BY_FINALIZER, those of `check`.
 */
export async function readLiving(
  api: ObjectApi,
  { ref, check, waitForFinalizers }: Replacement,
  options: ReadOptions,
): Promise<JsonObject> {
  const found = await presenceOf(api, ref, options);
  const object = objectName(ref);
  if (found.state === 'gone') throw new PullmendError('PM_NOT_FOUND', { object });
  if (found.state === 'another') throw new PullmendError('PM_REPLACED_SINCE_PLAN', { object });
  if (found.state === 'being-deleted')
    throw new PullmendError('PM_BEING_DELETED', { object, held: found.finalizers });
  const foreign = finalizersOf(found.object).filter((each) => !ownFinalizers.has(each));
  if (foreign.length > 0 && waitForFinalizers !== true)
    throw new PullmendError('PM_HELD_BY_FINALIZER', { object, held: foreign });
  check?.(found.object);
  return found.object;
}

/** Undefined when the API server says yes. Errors: its refusal. */
async function untriedBy(call: () => Promise<unknown>, live: JsonObject): Promise<Untried | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    // A webhook with side effects is not called for a dry run; the API server then refuses the dry run itself.
    if (isError(error, 'PM_ADMISSION_DENIED') || isError(error, 'PM_API_ERROR')) {
      const { message } = error.params;
      if (message.includes('does not support dry run')) return { what: 'webhook', message };
      if (isQuotaRefusal(message) && roomWhenGone(message, live)) return { what: 'quota', message };
    }
    throw error;
  }
}

/**
 * A pod as the controller of the new object will ask for it. Policies look at pods, not at what they are made from,
 * so that a Job is let in whose pods never are.
 */
function podOf(after: JsonObject, live: JsonObject): JsonObject | undefined {
  const path = kindInfo(String(after.kind), String(after.apiVersion))?.podSpecPath;
  if (path === undefined || path === '/spec') return undefined;
  const template = asObject(readField(after, path.slice(0, -'/spec'.length)));
  if (template.spec === undefined) return undefined;
  const { labels, annotations } = asObject(template.metadata);
  const { name, namespace, uid } = asObject(live.metadata);
  const owner = { apiVersion: live.apiVersion, kind: live.kind, name, uid, controller: true };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels, annotations, ownerReferences: [owner] },
    spec: template.spec,
  };
}

function unique(untried: readonly Untried[]): readonly Untried[] {
  return [...new Map(untried.map((each) => [`${each.what} ${each.message}`, each])).values()];
}

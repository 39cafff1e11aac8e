import type { ObjectApi } from '../../adapters/kube/index.ts';
import { isError } from '../../core/base/index.ts';
import { readField } from '../../core/edit/index.ts';
import { asObject, asText } from '../../core/knowledge/pods/index.ts';
import type { Expectation, JsonObject, ObjectRef } from '../../core/model/index.ts';
import type { StepTools } from '../module.ts';
import { controllerOf, ownedBy, uidOf, type Owned } from './owned.ts';
import { blockedElsewhere, judgePod, neverRan, type PodState } from './pod.ts';
import { lastEvent, refusalOf } from './refusal.ts';
import type { Look, OldRevision, PodObject } from './types.ts';
import { expectedPods, hasSucceeded, observed } from './workload.ts';

/** The object as it is now; undefined when it is gone. */
export async function readObject(api: ObjectApi, ref: ObjectRef): Promise<JsonObject | undefined> {
  try {
    return await api.get(ref);
  } catch (error) {
    if (isError(error, 'PM_NOT_FOUND')) return undefined;
    throw error;
  }
}

/** Whether the pods of an object run the expected images, as many as it should have. */
export async function lookAtPods(
  object: JsonObject,
  expect: readonly Expectation[],
  tools: Pick<StepTools, 'list'>,
): Promise<Look> {
  const expected = expectedPods(object);
  if (hasSucceeded(object)) return { result: 'proved', final: 'now', proved: expected, expected };
  if (!observed(object))
    return { result: 'failing', final: 'no', proved: 0, expected, reason: 'not-observed' };
  if (expected === 0) return { result: 'nothing-runs', final: 'now', proved: 0, expected };
  const owned = await ownedBy(object, tools);
  const states = statesOf(owned, expect);
  const proved = states.filter(({ state }) => state.is === 'proved').length;
  const other = states.find(({ state }) => state.is === 'other-image');
  if (other !== undefined && 'reason' in other.state)
    return {
      result: 'failing',
      final: 'now',
      proved,
      expected,
      reason: 'other-image',
      detail: other.state.reason,
    };
  if (proved >= expected) return { result: 'proved', final: 'now', proved, expected };
  const bad = states.find(({ state }) => state.is === 'failing');
  if (bad !== undefined && 'reason' in bad.state)
    return { result: 'failing', final: 'no', proved, expected, detail: bad.state.reason };
  return await unfinished(object, { expect, expected, proved, owned, states }, tools);
}

type Judged = { readonly pod: PodObject; readonly state: PodState; readonly blocked: boolean };

type Seen = {
  readonly expect: readonly Expectation[];
  readonly expected: number;
  readonly proved: number;
  readonly owned: Owned;
  readonly states: readonly Judged[];
};

/** Pods of the new template that are not on their way out. */
function statesOf({ pods }: Owned, expect: readonly Expectation[]): readonly Judged[] {
  return pods
    .filter((pod) => pod.metadata?.deletionTimestamp === undefined)
    .map((pod) => ({ pod, state: judgePod(pod, expect), blocked: blockedElsewhere(pod, expect) }))
    .filter(({ state }) => state.is !== 'old');
}

/**
 * Not all pods start, and no pull of this step fails. What keeps the others is told in the words of whoever says so;
 * they neither undo what was mended nor count as proved.
 */
async function unfinished(
  object: JsonObject,
  { expect, expected, proved, owned, states }: Seen,
  tools: Pick<StepTools, 'list'>,
): Promise<Look> {
  const elsewhere = await Promise.all(
    states.map(async (one) => ({ ...one, others: await reasonElsewhere(one, tools) })),
  );
  const told = elsewhere.flatMap(({ others }) => others ?? []);
  const missing = expected - states.length;
  const refused = missing > 0 ? await refusalOf(newestOwners(object, owned, expect), tools) : undefined;
  const others = [...new Set([...told, ...(refused === undefined ? [] : [refused])])];
  const waiting = elsewhere.find(({ state, others: known }) => state.is === 'waiting' && known === undefined);
  const accounted = waiting === undefined && (missing <= 0 || refused !== undefined);
  // The roll-out waits for another container, so more pods will not come: those that are there must do.
  const heldUp = proved > 0 && proved === states.length && states.some(({ blocked }) => blocked);
  const leaving = owned.pods.some((pod) => pod.metadata?.deletionTimestamp !== undefined);
  const inWant = states.some(({ state }) => state.is === 'elsewhere' && state.noPlace) || wantsRoom(refused);
  const blockedBy = inWant && !leaving ? oldRevision(owned, expect) : undefined;
  const more = {
    ...(others.length === 0 ? {} : { others }),
    ...(blockedBy === undefined ? {} : { blockedBy }),
  };
  if (heldUp) return { result: 'proved', final: 'now', proved, expected, ...more };
  const final = accounted && others.length > 0 && !leaving && blockedBy === undefined ? 'soon' : 'no';
  if (proved > 0 && waiting === undefined && (accounted || proved === states.length))
    return { result: 'proved', final, proved, expected, ...more };
  const [first] = others;
  const text =
    first ?? (waiting !== undefined && 'reason' in waiting.state ? waiting.state.reason : undefined);
  return {
    result: 'failing',
    final,
    proved,
    expected,
    ...(first === undefined ? {} : { reason: reasonOf(first, refused) }),
    ...(text === undefined ? {} : { detail: text }),
    ...more,
  };
}

/** New pods are not even let in, or they are there and something else keeps them. */
function reasonOf(first: string, refused: string | undefined): 'refused' | 'blocked-otherwise' {
  return first === refused ? 'refused' : 'blocked-otherwise';
}

/** Why a pod that waits cannot start, when that is no pull of this step; undefined while it may still start. */
async function reasonElsewhere(
  { pod, state }: Judged,
  tools: Pick<StepTools, 'list'>,
): Promise<string | undefined> {
  if (state.is === 'elsewhere') return state.reason;
  if (state.is !== 'waiting' || pod.spec?.nodeName === undefined || pod.metadata === undefined)
    return undefined;
  if (state.reason !== 'ContainerCreating') return undefined;
  const object = pod as unknown as JsonObject;
  return (
    (await lastEvent(object, 'FailedCreatePodSandBox', tools)) ??
    (await lastEvent(object, 'FailedMount', tools)) ??
    (await lastEvent(object, 'FailedAttachVolume', tools))
  );
}

/**
 * A quota that is used up is the one refusal that room cures. Whatever else refuses a pod would refuse the old one too,
 * once it is gone. Quotas are asked last, so everything else has let the pod pass.
 *
 * @see k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go for the words
 */
function wantsRoom(refused: string | undefined): boolean {
  return refused !== undefined && /\bexceeded quota: /.test(refused);
}

/** Whose word counts about pods that are not made: of a Deployment the ReplicaSet of the new template. */
function newestOwners(
  object: JsonObject,
  { replicaSets }: Owned,
  expect: readonly Expectation[],
): readonly JsonObject[] {
  return [...replicaSets.filter((one) => isNew(one, expect)), object];
}

function isNew(replicaSet: JsonObject, expect: readonly Expectation[]): boolean {
  const spec = asObject(asObject(asObject(replicaSet.spec).template).spec);
  return judgePod({ spec }, expect).is !== 'old';
}

/** A ReplicaSet of the old template that still has pods, of which none ever ran; undefined when others could suffer. */
function oldRevision(
  { replicaSets, pods, foreign }: Owned,
  expect: readonly Expectation[],
): OldRevision | undefined {
  // Selectors that overlap: whose pod comes next is not ours to say.
  if (foreign > 0) return undefined;
  for (const one of replicaSets.filter((set) => !isNew(set, expect))) {
    const own = pods.filter((pod) => controllerOf(pod) === uidOf(one));
    if (own.length === 0 || !own.every(neverRan)) continue;
    const metadata = asObject(one.metadata);
    return {
      ref: {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        namespace: asText(metadata.namespace) ?? '',
        name: asText(metadata.name) ?? '',
        uid: uidOf(one),
      },
      resourceVersion: String(readField(one, '/metadata/resourceVersion') ?? ''),
      pods: own.length,
    };
  }
  return undefined;
}

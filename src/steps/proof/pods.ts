import type { ObjectApi } from '../../adapters/kube/index.ts';
import { isError } from '../../core/base/index.ts';
import { readField } from '../../core/edit/index.ts';
import type { Expectation, JsonObject, ObjectRef } from '../../core/model/index.ts';
import { blockedElsewhere, judgePod } from './pod.ts';
import type { Look, PodObject } from './types.ts';
import { expectedPods, hasSucceeded, labelSelector, observed } from './workload.ts';

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
  pods: (namespace: string, labelSelector: string) => Promise<readonly PodObject[]>,
): Promise<Look> {
  const expected = expectedPods(object);
  if (hasSucceeded(object)) return { result: 'proved', final: true, proved: expected, expected };
  if (!observed(object))
    return { result: 'failing', final: false, proved: 0, expected, reason: 'not-observed' };
  if (expected === 0) return { result: 'nothing-runs', final: true, proved: 0, expected };
  return judge(expect, expected, await podsOf(object, pods));
}

function judge(expect: readonly Expectation[], expected: number, pods: readonly PodObject[]): Look {
  const states = pods
    .filter((pod) => pod.metadata?.deletionTimestamp === undefined)
    .map((pod) => ({ state: judgePod(pod, expect), blocked: blockedElsewhere(pod, expect) }));
  const fresh = states.filter(({ state }) => state.is !== 'old');
  const proved = fresh.filter(({ state }) => state.is === 'proved').length;
  const bad =
    fresh.find(({ state }) => state.is === 'failing') ?? fresh.find(({ state }) => state.is === 'waiting');
  if (proved >= expected) return { result: 'proved', final: true, proved, expected };
  const allFreshProved = proved > 0 && proved === fresh.length;
  // The roll-out waits for another container, so more pods will not come: those that are there must do.
  if (allFreshProved && fresh.some(({ blocked }) => blocked))
    return { result: 'proved', final: true, proved, expected };
  const detail = bad !== undefined && 'reason' in bad.state ? { detail: bad.state.reason } : {};
  return { result: allFreshProved ? 'proved' : 'failing', final: false, proved, expected, ...detail };
}

async function podsOf(
  object: JsonObject,
  list: (namespace: string, labelSelector: string) => Promise<readonly PodObject[]>,
): Promise<readonly PodObject[]> {
  if (object.kind === 'Pod') return [object as PodObject];
  const namespace = readField(object, '/metadata/namespace');
  const selector = labelSelector(object);
  if (typeof namespace !== 'string' || selector === undefined) return [];
  const pods = await list(namespace, selector);
  const uid = readField(object, '/metadata/uid');
  // A Deployment owns its pods through ReplicaSets; the image tells the new ones.
  if (object.kind === 'Deployment') return pods;
  return pods.filter((pod) => pod.metadata?.ownerReferences?.some((owner) => owner.uid === uid));
}

import { isDeepStrictEqual } from 'node:util';
import type { ObjectApi } from '../../adapters/kube/index.ts';
import { isError } from '../../core/base/index.ts';
import { fieldState, readField } from '../../core/edit/index.ts';
import type { Json, JsonObject, RecreateStep, Step, Verdict } from '../../core/model/index.ts';
import type { PodObject, VerifyDeps } from './deps.ts';
import { lookAtClaims } from './claims.ts';
import type { Look } from './types.ts';
import { blockedElsewhere, judgePod } from './pod.ts';
import { expectedPods, hasSucceeded, labelSelector, observed } from './workload.ts';

export async function look(step: Step, deps: VerifyDeps, api: ObjectApi): Promise<Look> {
  const object = await read(api, step);
  const reverted = object === undefined ? ({ reason: 'gone' } as const) : revertedBy(step, object);
  if (object === undefined || reverted !== undefined)
    return { result: 'reverted', final: true, proved: 0, expected: 0, ...reverted };
  if (step.kind === 'patch' && step.claims !== undefined) return await lookAtClaims(step.claims, api);
  const expected = expectedPods(object);
  if (hasSucceeded(object)) return { result: 'proved', final: true, proved: expected, expected };
  if (!observed(object))
    return { result: 'failing', final: false, proved: 0, expected, reason: 'not-observed' };
  if (expected === 0) return { result: 'nothing-runs', final: true, proved: 0, expected };
  return judge(step, expected, await podsOf(object, deps));
}

function judge(step: Step, expected: number, pods: readonly PodObject[]): Look {
  const states = pods
    .filter((pod) => pod.metadata?.deletionTimestamp === undefined)
    .map((pod) => ({ state: judgePod(pod, step.expect), blocked: blockedElsewhere(pod, step.expect) }));
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

async function read(api: ObjectApi, step: Step): Promise<JsonObject | undefined> {
  try {
    return await api.get(step.object);
  } catch (error) {
    if (isError(error, 'PM_NOT_FOUND')) return undefined;
    throw error;
  }
}

/** Who wrote a field after pullmend did, from `managedFields`; undefined while every field holds. */
function revertedBy(step: Step, object: JsonObject): Pick<Verdict, 'reason' | 'detail' | 'by'> | undefined {
  if (step.kind === 'recreate') return createdAgain(step, object) ? { reason: 'created-anew' } : undefined;
  if (step.kind !== 'patch') return undefined;
  const lost = step.changes.find((change) => fieldState(object, change) !== 'after');
  if (lost === undefined) return undefined;
  const entries = readField(object, '/metadata/managedFields');
  const managers = Array.isArray(entries) ? (entries as readonly JsonObject[]) : [];
  const newest = managers
    .filter(({ manager, subresource }) => manager !== 'pullmend' && subresource === undefined)
    .toSorted((a, b) => String(b.time).localeCompare(String(a.time)))[0];
  const by = newest === undefined ? {} : { by: String(newest.manager) };
  return { reason: 'overwritten', detail: lost.path, ...by };
}

/** Somebody put an object of the old image in the place of the one that pullmend created. */
function createdAgain(step: RecreateStep, object: JsonObject): boolean {
  return ['/spec', '/spec/template/spec'].some((base) =>
    ['containers', 'initContainers'].some((list) => {
      const path = `${base}/${list}`;
      const found = readField(object, path);
      const made = readField(step.after, path);
      return (
        Array.isArray(found) &&
        Array.isArray(made) &&
        !isDeepStrictEqual(found.map(imageOf), made.map(imageOf))
      );
    }),
  );
}

function imageOf(container: JsonObject): Json | undefined {
  return container.image;
}

async function podsOf(object: JsonObject, deps: VerifyDeps): Promise<readonly PodObject[]> {
  if (object.kind === 'Pod') return [object as PodObject];
  const namespace = readField(object, '/metadata/namespace');
  const selector = labelSelector(object);
  if (typeof namespace !== 'string' || selector === undefined) return [];
  const pods = await deps.pods(namespace, selector);
  const uid = readField(object, '/metadata/uid');
  // A Deployment owns its pods through ReplicaSets; the image tells the new ones.
  if (object.kind === 'Deployment') return pods;
  return pods.filter((pod) => pod.metadata?.ownerReferences?.some((owner) => owner.uid === uid));
}

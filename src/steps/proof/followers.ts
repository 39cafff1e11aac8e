import type { ObjectApi } from '../../adapters/kube/index.ts';
import { readField } from '../../core/edit/index.ts';
import { normaliseImage } from '../../core/image/index.ts';
import { asObject, asObjects, kindInfo, podSurfaces } from '../../core/knowledge/pods/index.ts';
import {
  fieldManager,
  objectName,
  type Expectation,
  type Follower,
  type JsonObject,
  type ObjectRef,
  type PatchStep,
} from '../../core/model/index.ts';
import type { StepTools } from '../module.ts';
import { isWorkload } from '../on-object.ts';
import { controllerOf, ownedBy, uidOf } from './owned.ts';
import { judgePod } from './pod.ts';
import { lookAtPods, readObject } from './pods.ts';
import { stalePods, type MayEnd } from './stale-pods.ts';
import type { Look, PodObject } from './types.ts';
import { expectedPods, number, observed } from './workload.ts';

type Tools = Pick<StepTools, 'list'> & { readonly api: ObjectApi };

/**
 * Whether those that take their images from a changed object run the new ones. Where the object is an operator or a
 * webhook itself, it must have started anew with the setting first.
 */
export async function lookAtFollowers(step: PatchStep, object: JsonObject, tools: Tools): Promise<Look> {
  const { followers = [], expect, loss } = step;
  const started = lookAtStart(step, object);
  const following: Following = {
    expect,
    isReady: started === undefined,
    mayEnd: { named: (loss?.names ?? []).flatMap((name) => name.split(' ', 1)), ...writtenAt(object) },
  };
  const looks = await Promise.all(
    followers.map(async (follower) => await lookAtFollower(follower, following, tools)),
  );
  const proved = looks.reduce((sum, look) => sum + look.proved, 0);
  const expected = looks.reduce((sum, look) => sum + look.expected, 0);
  const others = [...new Set(looks.flatMap((look) => look.others ?? []))];
  const stale = looks.flatMap(({ blockedBy }) =>
    blockedBy !== undefined && 'stale' in blockedBy ? blockedBy.stale : [],
  );
  const sum = {
    proved,
    expected,
    ...(others.length === 0 ? {} : { others }),
    ...(stale.length === 0 ? {} : { blockedBy: { stale } }),
  };
  const failing = looks.find(({ result }) => result === 'failing' || result === 'reverted');
  if (failing === undefined) {
    const due = looks.find(({ result }) => result === 'proved');
    return due === undefined
      ? { result: 'nothing-runs', final: 'now', ...sum }
      : { result: 'proved', final: due.final, ...sum };
  }
  const { reason, detail, final } = failing;
  const why = {
    ...(reason === undefined ? {} : { reason }),
    ...(detail === undefined ? {} : { detail }),
  };
  // What one pod got wrong is wrong for all of them; anything else may still come.
  const isOver = reason === 'other-image' || (final === 'soon' && looks.every((look) => look.final !== 'no'));
  return { result: 'failing', final: isOver ? final : 'no', ...(started ?? why), ...sum };
}

type Following = {
  readonly expect: readonly Expectation[];
  /** Whoever reads the setting has started anew with it. */
  readonly isReady: boolean;
  readonly mayEnd: MayEnd;
};

/** When pullmend changed the object, by the API server's clock. */
function writtenAt(object: JsonObject): Pick<MayEnd, 'since'> {
  const own = asObjects(readField(object, '/metadata/managedFields')).filter(
    ({ manager }) => manager === fieldManager,
  );
  const since = own
    .map(({ time }) => String(time))
    .toSorted()
    .at(-1);
  return since === undefined ? {} : { since };
}

/** Undefined once an operator runs with its new setting, and for objects that run nothing. */
function lookAtStart(
  { object: ref }: PatchStep,
  object: JsonObject,
): Pick<Look, 'reason' | 'detail'> | undefined {
  if (!isWorkload(ref)) return undefined;
  const wanted = expectedPods(object);
  const has = (path: string): boolean => number(object, path, 0) >= wanted;
  const isDaemon = ref.kind === 'DaemonSet';
  const isDone =
    observed(object) &&
    has(isDaemon ? '/status/updatedNumberScheduled' : '/status/updatedReplicas') &&
    has(isDaemon ? '/status/numberAvailable' : '/status/readyReplicas');
  return isDone ? undefined : { reason: 'rolling-out', detail: objectName(ref) };
}

async function lookAtFollower(
  follower: Follower,
  { expect, isReady, mayEnd }: Following,
  tools: Tools,
): Promise<Look> {
  const { object: ref, waiting = 1 } = follower;
  const none = { result: 'failing', final: 'no', proved: 0, expected: waiting } as const;
  if (!isWorkload(ref)) return await lookAtMade(ref, waiting, expect, tools);
  const object = await readObject(tools.api, ref);
  // Who made it may delete it to make it anew.
  if (object === undefined) return { ...none, reason: 'gone' };
  // Several workloads may take images from one object, each for containers of its own.
  const own = expect.filter(({ container }) => follower.containers.includes(container));
  const state = templateState(object, own);
  const list = state === 'other' ? await ofNewest(object, tools) : tools.list;
  const { blockedBy: _, ...look } = await lookAtPods(object, own, { list });
  if (look.result !== 'failing') return look;
  if (state === 'old') return { ...look, final: 'no', reason: 'not-followed', detail: objectName(ref) };
  const { pods } = isReady && follower.pods.length > 0 ? await ownedBy(object, { list }) : { pods: [] };
  const stale = stalePods(pods, own, mayEnd);
  // Below its partition a StatefulSet makes a pod again as it was.
  const isHeld = number(object, '/spec/updateStrategy/rollingUpdate/partition', 0) > 0;
  return stale.length === 0 || isHeld ? look : { ...look, final: 'no', blockedBy: { stale } };
}

/** Where admission gives the image no template tells which pods are of before; those of the newest ReplicaSet stay. */
async function ofNewest(object: JsonObject, { list }: Tools): Promise<Tools['list']> {
  if (object.kind !== 'Deployment') return list;
  const { replicaSets } = await ownedBy(object, { list });
  const revisionOf = (one: JsonObject): number =>
    Number(readField(one, '/metadata/annotations/deployment.kubernetes.io~1revision') ?? 0);
  const newest = replicaSets.toSorted((a, b) => revisionOf(b) - revisionOf(a))[0];
  if (newest === undefined) return list;
  return async (kind, where) => {
    const all = await list(kind, where);
    return kind === 'Pod' ? all.filter((pod) => controllerOf(pod) === uidOf(newest)) : all;
  };
}

function surfacesOf(object: JsonObject) {
  const base = kindInfo(String(object.kind))?.podSpecPath ?? '/spec';
  return podSurfaces(readField(object, base), base);
}

/** `old`: the workload still names the old image; `other`: it never did, so it is admission that has to follow. */
function templateState(object: JsonObject, expect: readonly Expectation[]): 'old' | 'new' | 'other' {
  const surfaces = surfacesOf(object);
  const named = expect.map(({ place, container, imageBefore, imageAfter }) => {
    const image = surfaces.find((one) => one.place === place && one.name === container)?.image;
    if (image === undefined) return 'other';
    if (image === imageAfter) return 'new';
    return normaliseImage(image) === normaliseImage(imageBefore) ? 'old' : 'other';
  });
  return named.includes('old') ? 'old' : named.includes('new') ? 'new' : 'other';
}

/** Pods that an operator makes without a workload: nobody but the operator says how many there should be. */
async function lookAtMade(
  { namespace, uid, ...ref }: ObjectRef,
  waiting: number,
  expect: readonly Expectation[],
  { list }: Pick<StepTools, 'list'>,
): Promise<Look> {
  const pods = (await list('Pod', namespace === undefined ? {} : { namespace })).filter(
    (pod) => controllerOf(pod) === uid && asObject(pod.metadata).deletionTimestamp === undefined,
  ) as readonly PodObject[];
  const states = pods.map((pod) => judgePod(pod, expect));
  const proved = states.filter(({ is }) => is === 'proved').length;
  const wrong = states.find(({ is }) => is === 'other-image');
  const counts = { proved, expected: Math.max(waiting, proved) };
  if (wrong !== undefined && 'reason' in wrong)
    return { result: 'failing', final: 'now', ...counts, reason: 'other-image', detail: wrong.reason };
  if (proved >= waiting) return { result: 'proved', final: 'now', ...counts };
  const told = states.find(({ is }) => is !== 'old' && is !== 'proved');
  if (told !== undefined && 'reason' in told)
    return { result: 'failing', final: 'no', ...counts, detail: told.reason };
  return {
    result: 'failing',
    final: 'no',
    ...counts,
    reason: 'not-followed',
    detail: objectName({ ...ref, ...(namespace === undefined ? {} : { namespace }) }),
  };
}

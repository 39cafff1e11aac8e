import { normaliseImage } from '../../../../core/image/index.ts';
import { kindInfo, programOwning } from '../../../../core/knowledge/pods/index.ts';
import {
  sameObject,
  type FieldChange,
  type Follower,
  type ImageOrigin,
  type Manager,
  type ManagerRef,
  type Workload,
} from '../../../../core/model/index.ts';
import type { PlanFacts } from '../../facts.ts';
import { mendJob } from '../job.ts';
import { expectations, replaceStep } from '../patch.ts';
import { keeperOf, keptBy, type DraftStep, type Mend, type Remedy, type Task } from '../remedy.ts';
import { rolloutOf } from '../rollout.ts';
import { changesAt, mergedChanges } from './changes.ts';

/** A mend with the one object that decides its image, and what must change there. */
type Sourced = {
  readonly mend: Mend;
  readonly origin: ImageOrigin;
  readonly changes: readonly FieldChange[];
};

/**
 * What makes the object, or adds to its pods, is told the other name: a custom resource's field, an operator's variable
 * or flag, a ConfigMap, an admission policy. The object itself would be put back.
 */
export const atSource: Remedy = {
  name: 'source',
  propose: (task, facts) => {
    const keeper = keeperOf(task.workload);
    if (keeper?.by !== 'controller' && keeper?.by !== 'admission') return undefined;
    const sourced = task.mends.flatMap((mend) => sourceOf(mend, task.workload, facts) ?? []);
    if (sourced.length === 0) return undefined;
    const kept = sourced.map(({ origin }) => originKeeper(origin)).find((one) => one !== undefined);
    if (kept !== undefined) return keptBy(kept);
    const rest = task.mends.filter((mend) => !sourced.some((one) => one.mend === mend));
    const byObject = Map.groupBy(sourced, ({ origin }) => origin.ref.uid);
    const steps = [...byObject.values()].flatMap((same) => stepsAt(same, task, keeper));
    return {
      ok: true,
      steps: [...steps, ...madeAnew(task, sourced, steps)],
      ...(rest.length === 0 ? {} : { rest }),
    };
  },
};

function sourceOf(
  mend: Mend,
  workload: Workload,
  { origins = [], openToNodes }: PlanFacts,
): Sourced | undefined {
  const { usage, replacement } = mend;
  const image = normaliseImage(usage.image);
  const origin = origins.find(
    (one) =>
      sameObject(one.of, workload.ref) &&
      one.place === usage.place &&
      one.container === usage.name &&
      normaliseImage(one.image) === image,
  );
  // The pods are given no pull secret that way, and their policy stays.
  const isOpen = openToNodes?.has(replacement.mirror) === true && replacement.with !== usage.image;
  const changes = origin !== undefined && isOpen ? changesAt(origin, replacement.with) : undefined;
  return origin === undefined || changes === undefined ? undefined : { mend, origin, changes };
}

/** Who would put a change of the source back. */
function originKeeper({ managers }: ImageOrigin): Manager | undefined {
  return managers.find(({ effect }) => effect !== 'overwrites' && effect !== 'gone');
}

function stepsAt(same: readonly Sourced[], task: Task, keeper: Manager): readonly DraftStep[] {
  const [first] = same;
  if (first === undefined) return [];
  const { origin } = first;
  const { ref, object, resource, readers } = origin;
  const changes = same.flatMap((one) => one.changes);
  const follower = followerOf(
    origin,
    task.workload,
    same.map(({ mend }) => mend.usage.name),
  );
  const loss =
    follower.pods.length === 0 ? undefined : replaceStep(task.workload, task.workload.stuckPods).loss;
  const patch: DraftStep = {
    kind: 'patch',
    object: ref,
    needs: [],
    // As the pods have the name: the object may write it in parts.
    expect: same.flatMap(({ mend, origin: { image } }) =>
      expectations([mend]).map((one) => ({ ...one, imageBefore: image })),
    ),
    changes: mergedChanges(changes),
    followers: [follower],
    keptBy: refOf(keeper),
    ...(resource === undefined ? {} : { resource }),
    ...(loss === undefined ? {} : { loss }),
    ...overwrittenBy(origin),
    ...mayRevert(origin, changes),
    ...(kindInfo(ref.kind, ref.apiVersion)?.podSpecPath === undefined
      ? {}
      : rolloutOf({ ...task.workload, ref, object })),
  };
  if (readers.length === 0) return [patch];
  const restart: DraftStep = {
    kind: 'replace-pods',
    object: ref,
    needs: [0],
    expect: [],
    pods: [],
    restarts: readers,
    replaces: readers.length,
  };
  return [patch, restart];
}

/** Controllers that make a pod anew from their template, but keep one that waits for its image. */
const keepsStuck: ReadonlySet<string> = new Set(['StatefulSet', 'ReplicaSet', 'ReplicationController']);

function followerOf(
  { follower: { ref, waiting, isAdmitted } }: ImageOrigin,
  workload: Workload,
  containers: readonly string[],
): Follower {
  const isByHand = isAdmitted ? ref.kind !== 'Job' && ref.kind !== 'CronJob' : keepsStuck.has(ref.kind);
  const isWorkload = kindInfo(ref.kind, ref.apiVersion)?.podSpecPath !== undefined;
  return {
    object: ref,
    containers: [...new Set(containers)],
    ...(isWorkload ? {} : { waiting }),
    pods: isByHand ? workload.stuckPods.map((pod) => pod.ref) : [],
  };
}

/** A Job that an operator made keeps its image: it is made anew with the other one, as the operator would from now on. */
function madeAnew(
  task: Task,
  sourced: readonly Sourced[],
  before: readonly DraftStep[],
): readonly DraftStep[] {
  const { ref } = task.workload;
  if (ref.kind !== 'Job' || sourced.length < task.mends.length) return [];
  if (sourced.some(({ origin }) => origin.follower.isAdmitted)) return [];
  const anew = mendJob(task);
  return anew.ok ? anew.steps.map((step) => ({ ...step, needs: before.map((_, index) => index) })) : [];
}

function refOf({ effect: _effect, right: _right, ...manager }: Manager): ManagerRef {
  return manager;
}

function overwrittenBy({ managers }: ImageOrigin): { readonly overwrittenBy?: ManagerRef } {
  const found = managers.find(({ effect }) => effect === 'overwrites');
  return found === undefined ? {} : { overwrittenBy: refOf(found) };
}

function mayRevert(
  { object }: ImageOrigin,
  changes: readonly FieldChange[],
): { readonly mayRevert?: string } {
  const [program] = changes.flatMap(({ path }) => programOwning(object, { path }) ?? []);
  return program === undefined ? {} : { mayRevert: program };
}

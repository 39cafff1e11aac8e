import {
  objectName,
  sameObject,
  type Expectation,
  type HelmUpgradeStep,
  type NotByValues,
  type ObjectRef,
} from '../../../core/model/index.ts';
import type { PlanFacts, ReleaseFact } from '../facts.ts';
import { expectations, replaceStep } from './patch.ts';
import { keeperOf, type DraftStep, type Remedy, type Task } from './remedy.ts';

/** Their controllers keep stuck pods of the old template, see `controllers.ts`. */
const keepers: ReadonlySet<string> = new Set(['StatefulSet', 'ReplicaSet', 'ReplicationController']);

/** The release that brought the workload is upgraded with values that name the copies. */
export const helmValues: Remedy = {
  name: 'helm-values',
  propose: (task, facts) => {
    const upgrade = factFor(task, facts)?.upgrade;
    if (upgrade?.ok !== true || keeperOf(task.workload) !== undefined) return undefined;
    if (needsMore(task) !== undefined || !isCovered(task, upgrade.step)) return undefined;
    const { workload, mends } = task;
    const expect = expectations(mends);
    const step: DraftStep = {
      ...upgrade.step,
      needs: [],
      expect,
      workloads: [{ object: workload.ref, expect }],
    };
    const isKept = keepers.has(workload.ref.kind) && workload.stuckPods.length > 0;
    const replace: DraftStep = { ...replaceStep(workload, workload.stuckPods), needs: [0] };
    return { ok: true, steps: isKept ? [step, replace] : [step] };
  },
};

/** Why an object of a release is changed itself. */
export function whyNotByValues(task: Task, facts: PlanFacts): NotByValues | undefined {
  const upgrade = factFor(task, facts)?.upgrade;
  if (upgrade === undefined) return undefined;
  if (!upgrade.ok) return upgrade.refusal;
  const { override } = upgrade.step;
  const path = needsMore(task);
  if (path !== undefined) return { why: 'login', detail: path, override };
  return isCovered(task, upgrade.step) ? undefined : { why: 'no-value', override };
}

function factFor({ workload }: Task, { releases = [] }: PlanFacts): ReleaseFact | undefined {
  return releases.find(({ owners }) => owners.some((owner) => sameObject(owner, workload.ref)));
}

/** A field beside the images that has to change too. */
function needsMore({ changes }: Task): string | undefined {
  return changes.find(({ path }) => /\/imagePullSecrets|ullPolicy$/.test(path))?.path;
}

/** All images of the workload become those that were chosen. */
function isCovered({ workload, mends }: Task, { changes }: Pick<HelmUpgradeStep, 'changes'>): boolean {
  const own = changes.filter(({ object }) => objectName(object) === objectName(workload.ref));
  return mends.every(({ replacement }) =>
    own.some(({ after }) => typeof after === 'string' && after.includes(replacement.with)),
  );
}

/** A release is upgraded once, for all its workloads; what hangs on that follows it. */
export function oncePerRelease(
  remedies: readonly (readonly DraftStep[])[],
): readonly (readonly DraftStep[])[] {
  const byRelease = Map.groupBy(remedies.filter(upgrades), ([first]) => objectName(first.object));
  const told = new Set<string>();
  return remedies.flatMap((steps) => {
    if (!upgrades(steps)) return [steps];
    const release = objectName(steps[0].object);
    if (told.has(release)) return [];
    told.add(release);
    const all = byRelease.get(release) ?? [];
    const workloads = all.flatMap(([first]) => first.workloads);
    const first = { ...steps[0], workloads, expect: distinct(workloads) };
    return [[first, ...all.flatMap(([, ...others]) => others)]];
  });
}

type Upgrade = Extract<DraftStep, { readonly override: HelmUpgradeStep['override'] }>;

function upgrades(steps: readonly DraftStep[]): steps is readonly [Upgrade, ...DraftStep[]] {
  return steps[0] !== undefined && 'override' in steps[0];
}

function distinct(
  workloads: readonly { readonly object: ObjectRef; readonly expect: readonly Expectation[] }[],
): readonly Expectation[] {
  const all = workloads.flatMap(({ expect }) => expect);
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

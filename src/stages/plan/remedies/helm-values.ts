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
    if (isDelivered(task)) return undefined;
    if (needsMore(task) !== undefined || !isCovered(task, upgrade.step)) return undefined;
    // A helm may wait for the pods: they come first.
    if (isPending(upgrade.step)) return undefined;
    const { workload } = task;
    const step = upgradeFor(task, upgrade.step);
    const isKept = keepers.has(workload.ref.kind) && workload.stuckPods.length > 0;
    const replace: DraftStep = { ...replaceStep(workload, workload.stuckPods), needs: [0] };
    return { ok: true, steps: isKept ? [step, replace] : [step] };
  },
};

/** A release that waits is brought to its end once its objects are mended, which `steps` do. */
export function finishing(task: Task, facts: PlanFacts, steps: readonly DraftStep[]): readonly DraftStep[] {
  const upgrade = factFor(task, facts)?.upgrade;
  if (upgrade?.ok !== true || !isPending(upgrade.step) || isDelivered(task)) return [];
  if (needsMore(task) !== undefined || !isCovered(task, upgrade.step)) return [];
  return [
    { ...upgradeFor(task, upgrade.step), needs: steps.map((_, index) => index), remedy: 'helm-values' },
  ];
}

function isPending({ unfinished }: Pick<HelmUpgradeStep, 'unfinished'>): boolean {
  return unfinished?.startsWith('pending-') === true;
}

function upgradeFor({ workload, mends }: Task, step: FoundUpgrade): Upgrade {
  const expect = expectations(mends);
  return { ...step, needs: [], expect, workloads: [{ object: workload.ref, expect }] };
}

/** Flux's helm-controller takes an upgrade back that it did not make itself, and Argo CD has no release. */
function isDelivered({ workload: { managers } }: Task): boolean {
  return managers.some(({ by, effect }) => (by === 'flux' || by === 'argocd') && effect !== 'gone');
}

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

/** A release is upgraded once, for all its workloads: before what hangs on that, or after what it waits for. */
export function oncePerRelease(
  remedies: readonly (readonly DraftStep[])[],
): readonly (readonly DraftStep[])[] {
  const byRelease = Map.groupBy(remedies.filter(hasUpgrade), (steps) => releaseIn(steps));
  const told = new Set<string>();
  return remedies.flatMap((steps) => {
    if (!hasUpgrade(steps)) return [steps];
    const release = releaseIn(steps);
    if (told.has(release)) return [];
    told.add(release);
    return [together(byRelease.get(release) ?? [])];
  });
}

function together(all: readonly (readonly DraftStep[])[]): readonly DraftStep[] {
  const upgrades = all.flatMap((steps) => steps.filter(isUpgrade));
  const [first] = upgrades;
  if (first === undefined) return all.flat();
  const workloads = upgrades.flatMap((one) => one.workloads);
  const upgrade = { ...first, workloads, expect: distinct(workloads) };
  if (first.needs.length === 0)
    return [upgrade, ...all.flatMap((steps) => steps.filter((step) => !isUpgrade(step)))];
  const others: DraftStep[] = [];
  for (const steps of all) {
    const offset = others.length;
    for (const step of steps.filter((one) => !isUpgrade(one)))
      others.push({ ...step, needs: step.needs.map((need) => need + offset) });
  }
  return [...others, { ...upgrade, needs: others.map((_, index) => index) }];
}

function hasUpgrade(steps: readonly DraftStep[]): boolean {
  return steps.some(isUpgrade);
}

function releaseIn(steps: readonly DraftStep[]): string {
  return steps.filter(isUpgrade).map(({ object }) => objectName(object))[0] ?? '';
}

type Upgrade = Extract<DraftStep, { readonly override: HelmUpgradeStep['override'] }>;
type FoundUpgrade = Extract<ReleaseFact['upgrade'], { readonly ok: true }>['step'];

function isUpgrade(step: DraftStep): step is Upgrade {
  return 'override' in step;
}

function distinct(
  workloads: readonly { readonly object: ObjectRef; readonly expect: readonly Expectation[] }[],
): readonly Expectation[] {
  const all = workloads.flatMap(({ expect }) => expect);
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

import type {
  Chain,
  ClusterTarget,
  DiagnoseResult,
  Inventory,
  PlanOptions,
  PlanResult,
  PullProblem,
  RepairPlan,
  Reverted,
  Supply,
  Target,
} from '../core/model/index.ts';
import { chainsWithoutImage, diagnose, diagnoseFiles } from '../stages/diagnose/index.ts';
import { insteadOf, plan, type PlanInput } from '../stages/plan/index.ts';
import { fromCluster, fromFiles, refuseEmptyScope } from '../stages/source/index.ts';
import { inventoryOfSnapshot } from '../capabilities/snapshot/index.ts';
import { supplyFor } from '../stages/supply/index.ts';
import { revertedSince, triedPlan, type NextPlan } from '../capabilities/repair/index.ts';
import { isError } from '../core/base/index.ts';
import { newRunName, type World } from '../access/index.ts';

type Looked = {
  readonly inventory: Inventory;
  readonly problems: readonly PullProblem[];
  readonly supplies?: readonly Supply[];
  readonly chains?: readonly Chain[];
};

/** What fails in the target and why. For files the registries are asked, since no kubelet has tried. */
export async function lookAt(
  target: Target,
  world: World,
): Promise<Looked & Pick<DiagnoseResult, 'cluster' | 'takenAt'>> {
  const { onEvent } = world.options;
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  if (target.type === 'files') {
    const inventory = await fromFiles(target.paths, world.options);
    const images = inventory.usages.flatMap(({ reference }) => (reference === undefined ? [] : [reference]));
    const supplies = await supplyFor([...new Set(images)], inventory, world);
    const problems = diagnoseFiles(inventory, supplies);
    onEvent({ type: 'problems', problems, seconds: seconds() });
    return { inventory, problems, supplies };
  }
  const { inventory, takenAt, namespace } =
    target.type === 'snapshot'
      ? { ...(await inventoryOfSnapshot(target)), namespace: target.namespace }
      : { ...(await inventoryOf(target, world)), takenAt: undefined };
  const { cluster } = inventory;
  if (cluster !== undefined) {
    const where = namespace === undefined ? {} : { namespace };
    onEvent({ type: 'cluster', cluster, nodes: inventory.nodes, ...where });
  }
  const problems = diagnose(inventory, world.outside.mirrors.mirrors);
  const { pods } = inventory;
  onEvent({ type: 'problems', problems, seconds: seconds(), ...(pods === undefined ? {} : { pods }) });
  const chains = chainsWithoutImage(inventory);
  return {
    ...(cluster === undefined ? {} : { cluster }),
    ...(takenAt === undefined ? {} : { takenAt }),
    inventory,
    problems,
    chains,
    ...(inventory.unread === undefined ? {} : { unread: inventory.unread }),
    ...(inventory.findings === undefined ? {} : { findings: inventory.findings }),
  };
}

async function inventoryOf(
  target: ClusterTarget,
  { outside, options }: World,
): Promise<{ readonly inventory: Inventory; readonly namespace?: string }> {
  const kube = await outside.kube();
  const { allNamespaces, names, selector, namespace = kube.namespace } = target;
  const scope = {
    ...(allNamespaces ? {} : { namespace }),
    ...(selector === undefined ? {} : { selector }),
  };
  const inventory = await fromCluster(kube, {
    ...scope,
    names,
    signal: options.signal,
    ...(options.now === undefined ? {} : { now: options.now() }),
  });
  if (inventory.pods === 0 && names.length === 0) await refuseEmptyScope(kube, scope);
  return { inventory, ...(allNamespaces ? {} : { namespace }) };
}

/** Looks, finds copies, and decides what to do. */
export async function planFor(target: Target, options: PlanOptions, world: World): Promise<PlanResult> {
  return (await planWithAlternatives(target, options, world)).planned;
}

/** The same, and what is left to do for objects of which a remedy was withdrawn. */
export async function planWithAlternatives(
  target: Target,
  options: PlanOptions,
  world: World,
): Promise<{ readonly planned: PlanResult; readonly next: NextPlan }> {
  const { inventory, problems, cluster, supplies: found } = await lookAt(target, world);
  // No object names a pause image; a copy of it is told to whoever changes the runtime's configuration.
  const images = problems.flatMap(({ spec, status }) =>
    spec.usages.some((u) => u.reference !== undefined) || status.diagnosis.class === 'sandbox-image'
      ? [spec.image]
      : [],
  );
  const supplies = found ?? (await supplyFor(images, inventory, world));
  const now = (world.options.now ?? (() => new Date()))();
  const reverted = await revertsIn(target, inventory, now, world);
  const input: PlanInput = {
    name: newRunName(),
    createdAt: now.toISOString(),
    inventory,
    problems,
    supplies,
    mirrors: world.outside.mirrors,
    options,
    reverted,
  };
  const decide = async (from: PlanInput): Promise<RepairPlan> => {
    const made = plan(from);
    const decided = target.type === 'cluster' ? await triedPlan(made, world) : made;
    const isNext = from.withdrawn !== undefined;
    if (!isNext || decided.spec.steps.length > 0)
      world.options.onEvent({ type: isNext ? 'planned-instead' : 'planned', plan: decided });
    return decided;
  };
  const planned = {
    ...(cluster === undefined ? {} : { cluster }),
    problems,
    supplies,
    plan: await decide(input),
  };
  return {
    planned,
    next: async (withdrawn, stepsBefore) =>
      await decide({ ...insteadOf(input, withdrawn), name: newRunName(), stepsBefore }),
  };
}

/** What earlier runs tell. Who may not read their records learns it from the next proof. */
async function revertsIn(
  target: Target,
  inventory: Inventory,
  now: Date,
  { outside }: World,
): Promise<readonly Reverted[]> {
  if (target.type !== 'cluster') return [];
  const kube = await outside.kube();
  const { allNamespaces, namespace = kube.namespace } = target;
  try {
    const store = allNamespaces
      ? await outside.clusterRecords([namespace])
      : await outside.recordsIn(namespace);
    return await revertedSince({
      records: await store.list(),
      inventory,
      now,
      find: async (ref) => await kube.find(ref),
      ...(allNamespaces ? {} : { namespace }),
    });
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return [];
    throw error;
  }
}

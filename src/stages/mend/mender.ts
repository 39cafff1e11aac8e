import { randomBytes } from 'node:crypto';
import { readTextFile, writeFileAtomic } from '../../adapters/files/index.ts';
import type { PodObject } from '../verify/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import type { Inventory, PullProblem, RepairPlan, RepairRecord, Supply } from '../../core/model/index.ts';
import { diagnose, diagnoseFiles } from '../diagnose/index.ts';
import { plan as makePlan } from '../plan/index.ts';
import { fromCluster, fromFiles } from '../source/index.ts';
import { checkMirror, supply } from '../supply/index.ts';
import { undo } from '../undo/index.ts';
import { carryOut, nothingToDo, type CarryOutDeps } from './carry-out.ts';
import { dockerConfigJson } from './credentials.ts';
import { namespacesOf, openOutside, type MenderOptions, type Outside } from './outside.ts';
import { grantCommands, permissionsFor, permissionText } from './permissions.ts';
import { openRegistries, type Registries } from './registries.ts';
import type { ApplyOptions, ApplyResult, Mender, PlanOptions, PlanResult, RunScope, Target } from './types.ts';

type World = { readonly options: MenderOptions; readonly outside: Outside; readonly registries: Registries };

/** Joins the stages to the whole way through. Connects to a cluster only when something asks for one. */
export async function createMender(options: MenderOptions): Promise<Mender> {
  const outside = await openOutside(options);
  const world: World = { options, outside, registries: openRegistries(options, outside) };
  return {
    mirrors: outside.mirrors,
    diagnose: async (target) => await lookAt(target, world),
    plan: async (target, planOptions) => await planFor(target, planOptions, world),
    apply: async (plan, applyOptions) => await applyPlan(plan, applyOptions, world),
    async fix(target, fixOptions) {
      const planned = await planFor(target, fixOptions, world);
      return { ...planned, ...(await applyPlan(planned.plan, fixOptions, world)) };
    },
    async undo(run, undoOptions) {
      const record = await findRun(run, undoOptions, world);
      if (!undoOptions.dryRun && !(await undoOptions.confirm(record))) return { record, outcomes: [] };
      const deps = await depsFor(record.spec.cluster === undefined ? [] : namespacesOfRecord(record), world);
      return { record, outcomes: await undo(record, deps, { dryRun: undoOptions.dryRun }) };
    },
    runs: async (scope) => await runsIn(scope, world),
    async find(image, platforms) {
      const [found] = await supplyFor([image], { platforms, knownDigests: {} }, world);
      if (found === undefined) throw new PullmendError('PM_INTERNAL', { message: `no supply for ${image}` });
      return found;
    },
    async checkMirrors(names) {
      const chosen = outside.mirrors.mirrors.filter(({ name }) => names.length === 0 || names.includes(name));
      return await Promise.all(
        chosen.map(
          async (mirror) =>
            await checkMirror(mirror, { probe: world.registries.probe, signal: options.signal }),
        ),
      );
    },
    close: async () => {
      await Promise.all([outside.close(), world.registries.close()]);
    },
  };
}

type Looked = {
  readonly inventory: Inventory;
  readonly problems: readonly PullProblem[];
  readonly supplies?: readonly Supply[];
};

async function lookAt(target: Target, world: World): Promise<Looked & Pick<PlanResult, 'cluster'>> {
  const { onEvent, signal } = world.options;
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  if (target.type === 'files') {
    const inventory = await fromFiles(target.paths);
    const images = inventory.usages.flatMap(({ reference }) => (reference === undefined ? [] : [reference]));
    const supplies = await supplyFor([...new Set(images)], inventory, world);
    const problems = diagnoseFiles(inventory, supplies);
    onEvent({ type: 'problems', problems, seconds: seconds() });
    return { inventory, problems, supplies };
  }
  const kube = await world.outside.kube();
  const { allNamespaces, names, selector, namespace = kube.namespace } = target;
  const inventory = await fromCluster(kube, {
    ...(allNamespaces ? {} : { namespace }),
    ...(selector === undefined ? {} : { selector }),
    names,
    signal,
  });
  const { cluster } = inventory;
  if (cluster !== undefined) onEvent({ type: 'cluster', cluster, nodes: inventory.nodes });
  const problems = diagnose(inventory);
  onEvent({ type: 'problems', problems, seconds: seconds() });
  return { ...(cluster === undefined ? {} : { cluster }), inventory, problems };
}

async function planFor(target: Target, options: PlanOptions, world: World): Promise<PlanResult> {
  const { inventory, problems, cluster, supplies: found } = await lookAt(target, world);
  const images = problems.flatMap(({ spec }) =>
    spec.usages.some((u) => u.reference !== undefined) ? [spec.image] : [],
  );
  const supplies = found ?? (await supplyFor(images, inventory, world));
  const now = (world.options.now ?? (() => new Date()))();
  const plan = makePlan({
    name: `r-${randomBytes(3).toString('hex')}`,
    createdAt: now.toISOString(),
    inventory,
    problems,
    supplies,
    mirrors: world.outside.mirrors,
    options,
  });
  world.options.onEvent({ type: 'planned', plan });
  return { ...(cluster === undefined ? {} : { cluster }), problems, supplies, plan };
}

async function supplyFor(
  images: readonly string[],
  { platforms, knownDigests }: Pick<Inventory, 'platforms' | 'knownDigests'>,
  { options, outside, registries }: World,
): Promise<readonly Supply[]> {
  if (images.length === 0) return [];
  const started = performance.now();
  const supplies = await supply(
    {
      images: images.map((image) => ({ image, knownDigests: knownDigests[image] ?? [] })),
      mirrors: outside.mirrors,
      platforms,
    },
    {
      probe: registries.probe,
      onProgress: (progress) => options.onEvent({ type: 'probing', ...progress }),
      signal: options.signal,
    },
  );
  options.onEvent({ type: 'supplied', supplies, seconds: (performance.now() - started) / 1000 });
  return supplies;
}

async function applyPlan(
  plan: RepairPlan,
  options: ApplyOptions & { readonly dryRun: boolean },
  world: World,
): Promise<ApplyResult> {
  if (plan.spec.steps.length === 0) return nothingToDo();
  const { cluster } = plan.spec;
  if (cluster !== undefined) {
    const kube = await world.outside.kube();
    const { server, context } = kube.identity;
    if (server !== cluster.server) {
      throw new PullmendError('PM_PLAN_FOR_OTHER_CLUSTER', {
        planned: `${cluster.context} (${cluster.server})`,
        connected: `${context} (${server})`,
      });
    }
    await requirePermissions(plan, world);
  }
  return await carryOut(plan, options, await depsFor(cluster === undefined ? [] : namespacesOf(plan), world));
}

/** Errors: PM_MISSING_PERMISSIONS, before anything changes. */
async function requirePermissions(plan: RepairPlan, { outside }: World): Promise<void> {
  const kube = await outside.kube();
  const needed = permissionsFor(plan);
  const allowed = await Promise.all(needed.map(async (permission) => await kube.can(permission)));
  const missing = needed.filter((_, index) => !allowed[index]);
  if (missing.length === 0) return;
  throw new PullmendError('PM_MISSING_PERMISSIONS', {
    missing: missing.map(permissionText).join(', '),
    grant: grantCommands(missing),
  });
}

/** @param namespaces those of the cluster that the run is about; none for a run on files. */
async function depsFor(namespaces: readonly string[], world: World): Promise<CarryOutDeps> {
  const { options, outside, registries } = world;
  const onCluster = namespaces.length > 0;
  const kube = onCluster ? await outside.kube() : undefined;
  return {
    ...(kube === undefined ? {} : { api: kube }),
    files: { read: readTextFile, write: writeFileAtomic },
    records: onCluster ? await outside.clusterRecords(namespaces) : outside.fileRecords,
    dockerConfigJson: async (step) =>
      await dockerConfigJson(step, { env: options.env, home: options.home, kube: outside.kube }),
    pods: async (namespace, labelSelector) =>
      (await kube?.list('Pod', { namespace, labelSelector })) as readonly PodObject[],
    readImage: registries.readImage,
    now: () => (options.now?.() ?? new Date()).toISOString(),
    onEvent: options.onEvent,
    signal: options.signal,
  };
}

/** Runs on files are known without a cluster, so a cluster that cannot be reached hides only its own. */
async function runsIn({ namespace, allNamespaces }: RunScope, { outside }: World): Promise<readonly RepairRecord[]> {
  const onFiles = namespace === undefined ? await outside.fileRecords.list() : [];
  const kube = await outside.kube().catch((error: unknown) => {
    if (onFiles.length > 0) return undefined;
    throw error;
  });
  if (kube === undefined) return onFiles;
  const here = namespace ?? kube.namespace;
  const records = allNamespaces ? await outside.clusterRecords([here]) : await outside.recordsIn(here);
  return [...onFiles, ...(await records.list())].toSorted((a, b) =>
    b.metadata.createdAt.localeCompare(a.metadata.createdAt),
  );
}

async function findRun(run: string | undefined, scope: RunScope, world: World): Promise<RepairRecord> {
  const { outside } = world;
  const name = run ?? (await newestRun(scope, world));
  const onFiles = await outside.fileRecords.load(name);
  if (onFiles !== undefined) return onFiles;
  const kube = await outside.kube();
  const record = await (await outside.clusterRecords([scope.namespace ?? kube.namespace])).load(name);
  if (record === undefined) throw new PullmendError('PM_NO_SUCH_RUN', { run: name });
  return record;
}

async function newestRun(scope: RunScope, world: World): Promise<string> {
  const newest = (await runsIn(scope, world)).find((record) => record.status.state !== 'undone');
  if (newest === undefined) throw new PullmendError('PM_NOTHING_TO_UNDO', {});
  return newest.metadata.name;
}

function namespacesOfRecord(record: RepairRecord): readonly string[] {
  return [...new Set(record.status.receipts.map(({ step }) => step.object.namespace ?? 'default'))];
}

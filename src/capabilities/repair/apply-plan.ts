import { readWrittenFile, writeFileAtomic } from '../../adapters/files/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import type { ApplyOptions, ApplyResult, RepairPlan } from '../../core/model/index.ts';
import type { PodObject } from '../../stages/verify/index.ts';
import { carryOut, nothingToDo, type CarryOutDeps } from './carry-out.ts';
import { dockerConfigJson, namespacesOf, type World } from '../../access/index.ts';
import { startCopies } from '../copy/index.ts';
import { grantCommands, permissionsFor, permissionText } from './permissions.ts';

/** Carries a plan out on the cluster that it was made for. Errors: PM_PLAN_FOR_OTHER_CLUSTER, PM_MISSING_PERMISSIONS. */
export async function applyPlan(
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
  const deps = await depsFor(cluster === undefined ? [] : namespacesOf(plan), world);
  const work = async () => await carryOut(plan, options, deps);
  return cluster === undefined && !options.dryRun ? await world.outside.fileTurn(work) : await work();
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
export async function depsFor(namespaces: readonly string[], world: World): Promise<CarryOutDeps> {
  const { options, outside, registries } = world;
  const onCluster = namespaces.length > 0;
  const kube = onCluster ? await outside.kube() : undefined;
  return {
    ...(kube === undefined ? {} : { api: kube }),
    files: { read: readWrittenFile, write: writeFileAtomic },
    records: onCluster ? await outside.clusterRecords(namespaces) : await outside.fileRecords(),
    dockerConfigJson: async (step) =>
      await dockerConfigJson(step, { env: options.env, home: options.home, kube: outside.kube }),
    pods: async (namespace, labelSelector) =>
      (await kube?.list('Pod', { namespace, labelSelector })) as readonly PodObject[],
    readImage: registries.readImage,
    startCopies: (steps, copyOptions) => startCopies(steps, copyOptions, world),
    now: () => (options.now?.() ?? new Date()).toISOString(),
    onEvent: options.onEvent,
    signal: options.signal,
  };
}

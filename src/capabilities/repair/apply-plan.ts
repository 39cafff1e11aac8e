import { PullmendError } from '../../core/base/index.ts';
import type { ApplyOptions, ApplyResult, Permission, RepairPlan } from '../../core/model/index.ts';
import { requireFew } from './blast-radius.ts';
import { carryOut, nothingToDo, type CarryOutDeps } from './carry-out.ts';
import { pruneRecords } from './prune.ts';
import { toolsFor } from './tools.ts';
import { namespacesOf, type World } from '../../access/index.ts';
import { startCopies } from '../copy/index.ts';
import { grantCommands, permissionsFor, permissionText } from './permissions.ts';

/**
 * Carries a plan out on the cluster that it was made for. Errors: PM_PLAN_FOR_OTHER_CLUSTER, PM_MISSING_PERMISSIONS,
 * PM_TOO_MANY_CHANGES.
 */
export async function applyPlan(
  plan: RepairPlan,
  options: ApplyOptions & { readonly dryRun: boolean },
  world: World,
): Promise<ApplyResult> {
  if (plan.spec.steps.length === 0) return nothingToDo();
  requireFew(plan, options.maxChanges);
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
    await requireRights(permissionsFor(plan), world);
  }
  const tools = await toolsFor(cluster === undefined ? [] : namespacesOf(plan), world);
  const deps: CarryOutDeps = {
    ...tools,
    startCopies: (steps, copyOptions) => startCopies(steps, copyOptions, world),
  };
  const work = async () => {
    const result = await carryOut(plan, options, deps);
    if (result.outcome === 'applied') await pruneRecords(tools);
    return result;
  };
  return cluster === undefined && !options.dryRun ? await world.outside.fileTurn(work) : await work();
}

/** Errors: PM_MISSING_PERMISSIONS, with the commands that grant them. */
export async function requireRights(needed: readonly Permission[], { outside }: World): Promise<void> {
  const kube = await outside.kube();
  const allowed = await Promise.all(needed.map(async (permission) => await kube.can(permission)));
  const missing = needed.filter((_, index) => !allowed[index]);
  if (missing.length === 0) return;
  const { user } = await kube.whoAmI();
  throw new PullmendError('PM_MISSING_PERMISSIONS', {
    missing: missing.map(permissionText).join(', '),
    grant: grantCommands(missing, user),
  });
}

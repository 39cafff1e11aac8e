import { undo } from '../stages/undo/index.ts';
import {
  applyPlan,
  planWithAlternatives,
  requireSameCopies,
  toolsFor,
  untilItLasts,
  vetPlan,
} from '../capabilities/repair/index.ts';
import type { Mender } from './mender-type.ts';
import { findRun, namespacesOfRecord, type World } from '../access/index.ts';
import type {
  ApplyOptions,
  ApplyResult,
  FixResult,
  PlanOptions,
  RepairPlan,
  Target,
  UndoResult,
} from '../core/model/index.ts';

/** Plans and carries out; what somebody puts back is mended in the next way. */
export async function fix(
  target: Target,
  options: PlanOptions & ApplyOptions & { readonly dryRun: boolean },
  world: World,
): Promise<FixResult> {
  const { planned, next } = await planWithAlternatives(target, options, world);
  return await untilItLasts(planned, async (plan) => await applyPlan(plan, options, world), next);
}

/** Carries out a plan that comes from a file: it may have been edited, and mirrors may have changed since. */
export async function applyGiven(
  plan: RepairPlan,
  options: ApplyOptions & { readonly dryRun: boolean; readonly allowUnverified: boolean },
  world: World,
): Promise<ApplyResult> {
  vetPlan(plan, world.outside.mirrors.mirrors);
  await requireSameCopies(plan, options, world);
  return await applyPlan(plan, options, world);
}

/** Takes a run back: the newest of the scope, or the one of this name. */
export async function undoRun(
  run: string | undefined,
  options: Parameters<Mender['undo']>[1],
  world: World,
): Promise<UndoResult> {
  const record = await findRun(run, options, world);
  if (!options.dryRun && !(await options.confirm(record))) return { record, outcomes: [] };
  const deps = await toolsFor(namespacesOfRecord(record), world);
  const work = async () => await undo(record, deps, { dryRun: options.dryRun });
  const onFiles = record.spec.cluster === undefined && !options.dryRun;
  return { record, outcomes: onFiles ? await world.outside.fileTurn(work) : await work() };
}

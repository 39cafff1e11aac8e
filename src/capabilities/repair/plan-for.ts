import { newRunName, type World } from '../../access/index.ts';
import type {
  PlanOptions,
  PlanResult,
  PullProblem,
  RepairPlan,
  Selection,
  Target,
} from '../../core/model/index.ts';
import { acceptedCopies } from './accepted-copies.ts';
import { insteadOf, narrowed, plan, withLeft, type PlanInput } from '../../stages/plan/index.ts';
import { supplyFor } from '../../stages/supply/index.ts';
import { lookAt } from '../look/index.ts';
import { isMany, requireFew } from './blast-radius.ts';
import { withNodeFacts } from '../node-config/index.ts';
import { withLoadFacts } from '../node-load/index.ts';
import { withReleaseFacts } from '../releases/index.ts';
import { revertsIn } from './reverted.ts';
import { withStorageFacts } from './storage-facts.ts';
import { triedPlan } from './tried.ts';
import type { NextPlan } from './until-it-lasts.ts';

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
  const { inventory, problems, cluster, findings, supplies: found } = await lookAt(target, world);
  const now = (world.options.now ?? (() => new Date()))();
  const reverted = await revertsIn(target, inventory, now, world);
  const { input: chosen, left } = narrowed(
    {
      name: newRunName(),
      createdAt: now.toISOString(),
      inventory,
      problems,
      supplies: found ?? [],
      mirrors: world.outside.mirrors,
      options,
      reverted,
    },
    options.only ?? [],
  );
  const supplies = found ?? (await supplyFor(imagesOf(chosen.problems), inventory, world));
  const accepted = await acceptedCopies(chosen.problems, supplies, options);
  const input: PlanInput = { ...chosen, supplies, options: { ...options, accepted } };
  const decide = async (from: PlanInput): Promise<RepairPlan> => {
    const made = plan(target.type === 'cluster' ? await withFacts(from, options.only ?? [], world) : from);
    const decided = target.type === 'cluster' ? await triedPlan(made, world) : made;
    const isNext = from.withdrawn !== undefined;
    if (isNext) {
      // What is done already is told; another way that reaches further is not taken.
      if (isMany(decided, options.maxChanges)) return { ...decided, spec: { ...decided.spec, steps: [] } };
      if (decided.spec.steps.length > 0) world.options.onEvent({ type: 'planned-instead', plan: decided });
      return decided;
    }
    const whole = withLeft(decided, left);
    world.options.onEvent({ type: 'planned', plan: whole });
    requireFew(whole, options.maxChanges);
    return whole;
  };
  const planned = {
    ...(cluster === undefined ? {} : { cluster }),
    ...(findings === undefined ? {} : { findings }),
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

/** No object names a pause image; a copy of it is told to whoever changes the runtime's configuration. */
function imagesOf(problems: readonly PullProblem[]): readonly string[] {
  return problems.flatMap(({ spec, status }) =>
    spec.usages.some((u) => u.reference !== undefined) || status.diagnosis.class === 'sandbox-image'
      ? [spec.image]
      : [],
  );
}

/** What remedies must know beside the objects: of releases first, since what they mend needs no node. */
async function withFacts(input: PlanInput, only: readonly Selection[], world: World): Promise<PlanInput> {
  const ofNodes = await withNodeFacts(await withReleaseFacts(input, world), world);
  return await withStorageFacts(await withLoadFacts(ofNodes, world), only, world);
}

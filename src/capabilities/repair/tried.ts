import pLimit from 'p-limit';
import type { World } from '../../access/index.ts';
import { isError, PullmendError } from '../../core/base/index.ts';
import type { RepairPlan, Step } from '../../core/model/index.ts';
import { attemptStep } from '../../steps/index.ts';

/** Each of them is five requests. */
const atOnce = 8;

/**
 * The plan with what the cluster says when it is asked by dry run for what can be lost: a person knows before the
 * question what could not be tried, and what will be refused.
 */
export async function triedPlan(plan: RepairPlan, { outside, options }: World): Promise<RepairPlan> {
  if (plan.spec.cluster === undefined) return plan;
  const api = await outside.kube();
  const turn = pLimit(atOnce);
  const context = { api, run: plan.metadata.name, signal: options.signal };
  const steps = await Promise.all(
    plan.spec.steps.map(async (step) => await turn(async () => await tried(step, context))),
  );
  return { ...plan, spec: { ...plan.spec, steps } };
}

async function tried(step: Step, context: Parameters<typeof attemptStep>[1]): Promise<Step> {
  try {
    const untried = await attemptStep(step, context);
    return untried.length === 0 ? step : { ...step, untried };
  } catch (error) {
    context.signal.throwIfAborted();
    // Missing rights are told by name before anything changes; whoever only plans needs none.
    if (!(error instanceof PullmendError) || isError(error, 'PM_FORBIDDEN')) return step;
    return { ...step, untried: [{ what: 'refused', message: error.message }] };
  }
}

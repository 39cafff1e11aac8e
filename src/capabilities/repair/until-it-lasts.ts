import { followersOf, stepsOfKind } from '../../steps/index.ts';
import {
  sameObject,
  type ApplyResult,
  type Attempt,
  type FixResult,
  type ObjectRef,
  type PlanResult,
  type RepairPlan,
  type Step,
  type Withdrawn,
} from '../../core/model/index.ts';

/** What can be done in place of remedies that were withdrawn; a plan without steps when nothing is left. */
export type NextPlan = (withdrawn: readonly Withdrawn[], stepsBefore: number) => Promise<RepairPlan>;

type Done = { readonly plan: RepairPlan; readonly result: ApplyResult };

/**
 * Carries a plan out; what somebody wrote over, and was therefore withdrawn, is mended in the next way, until it lasts
 * or no way is left. Each way is tried once for an object, so it ends.
 */
export async function untilItLasts(
  planned: PlanResult,
  carryOut: (plan: RepairPlan) => Promise<ApplyResult>,
  next: NextPlan,
): Promise<FixResult> {
  const earlier: Attempt[] = [];
  let done: Done = { plan: planned.plan, result: await carryOut(planned.plan) };
  let lost = withdrawnAfter(done, done.result);
  while (lost.length > 0 && done.result.record !== undefined) {
    const all = [...earlier.flatMap(({ withdrawn }) => withdrawn), ...lost];
    const plan = await next(all, done.plan.spec.steps.length);
    if (plan.spec.steps.length === 0) break;
    const result = await carryOut(plan);
    if (result.outcome !== 'applied') break;
    earlier.push({ record: done.result.record, withdrawn: lost });
    done = together(done, { plan, result }, lost);
    lost = withdrawnAfter(done, result);
  }
  return { ...planned, plan: done.plan, ...done.result, ...(earlier.length === 0 ? {} : { earlier }) };
}

/** Remedies that were taken back because somebody wrote over them; what is kept all the same stays. */
function withdrawnAfter({ plan }: Done, { record, verdicts, rolledBack }: ApplyResult): readonly Withdrawn[] {
  return verdicts.flatMap(({ step: id, result, reason, by }) => {
    const step = plan.spec.steps.find((one) => one.id === id);
    const isLost = result === 'reverted' || reason === 'not-followed';
    if (!isLost || step?.remedy === undefined || !rolledBack.includes(id)) return [];
    const run = record?.metadata.name ?? '';
    const { remedy } = step;
    return objectsOf(step).map((object) => ({ object, remedy, ...(by === undefined ? {} : { by }), run }));
  });
}

/**
 * The objects for whose sake a step was taken: a release and a custom resource are no workloads, those that follow are
 * mended in the next way.
 */
function objectsOf(step: Step): readonly ObjectRef[] {
  const [upgrade] = stepsOfKind('helm-upgrade', [step]);
  const follows = followersOf(step);
  return (
    upgrade?.workloads.map(({ object }) => object) ??
    (follows.length > 0 ? follows.flatMap(({ object, pods }) => [object, ...pods]) : [step.object])
  );
}

/** What holds of both: the steps of a way that was withdrawn are told in the earlier record alone. */
function together(before: Done, after: Done, withdrawn: readonly Withdrawn[]): Done {
  const isGone = (step: Step): boolean =>
    before.result.rolledBack.includes(step.id) ||
    withdrawn.some(
      ({ object, remedy }) =>
        remedy === step.remedy && objectsOf(step).some((one) => sameObject(object, one)),
    );
  const gone = new Set(before.plan.spec.steps.filter(isGone).map(({ id }) => id));
  const { spec } = after.plan;
  return {
    plan: {
      ...after.plan,
      spec: {
        ...spec,
        replacements: [
          ...new Map(
            [...before.plan.spec.replacements, ...spec.replacements].map((one) => [JSON.stringify(one), one]),
          ).values(),
        ],
        steps: [...before.plan.spec.steps.filter(({ id }) => !gone.has(id)), ...spec.steps],
        unmended: [...before.plan.spec.unmended, ...spec.unmended],
      },
    },
    result: {
      ...after.result,
      verdicts: [...before.result.verdicts.filter(({ step }) => !gone.has(step)), ...after.result.verdicts],
      errors: { ...before.result.errors, ...after.result.errors },
    },
  };
}

import { sameObject, type ObjectRef, type Withdrawn, type Workload } from '../../core/model/index.ts';
import type { PlanInput } from './input.ts';

/**
 * The same look again, of nothing but the objects whose remedy did not last: what the run did for others stays done.
 */
export function insteadOf(input: PlanInput, withdrawn: readonly Withdrawn[]): PlanInput {
  const isMeant = (object: ObjectRef): boolean => withdrawn.some((one) => sameObject(one.object, object));
  const workloads = input.inventory.workloads.filter(
    (workload: Workload) => isMeant(workload.ref) || workload.jobs.some(({ ref }) => isMeant(ref)),
  );
  const isLeft = (object: ObjectRef): boolean => workloads.some(({ ref }) => sameObject(ref, object));
  const problems = input.problems.flatMap((problem) => {
    const usages = problem.spec.usages.filter(({ object }) => isLeft(object));
    return usages.length === 0 ? [] : [{ ...problem, spec: { ...problem.spec, usages } }];
  });
  return {
    ...input,
    inventory: { ...input.inventory, workloads },
    problems,
    withdrawn: [...(input.withdrawn ?? []), ...withdrawn],
  };
}

import { selects } from '../../core/choose/index.ts';
import type {
  ObjectRef,
  PullProblem,
  RepairPlan,
  Selection,
  Unmended,
  Workload,
} from '../../core/model/index.ts';
import type { PlanInput } from './input.ts';
import { unmended } from './unmended.ts';

/** A plan's input cut down to what a person chose, and the rest, which is said. */
export type Narrowed = { readonly input: PlanInput; readonly left: readonly Unmended[] };

/** What `--only` is about: problems with the places that were chosen, and workloads that need no other name. */
export function narrowed(input: PlanInput, only: readonly Selection[]): Narrowed {
  if (only.length === 0) return { input, left: [] };
  const { problems, inventory } = input;
  const chosen: PullProblem[] = [];
  const left: Unmended[] = [];
  for (const problem of problems) {
    const { image, usages } = problem.spec;
    const isChosen = (object: ObjectRef): boolean => selects(only, { image, object });
    const others = usages.filter(({ object }) => !isChosen(object));
    left.push(...unmended(problem, others, { reason: 'not-selected' }));
    // No object names a pause image, nor one that its object has got rid of.
    if (usages.length > 0 ? others.length < usages.length : holders(problem).some(isChosen))
      chosen.push({
        ...problem,
        spec: { ...problem.spec, usages: usages.filter(({ object }) => isChosen(object)) },
      });
    else if (usages.length === 0) left.push(...nobodys(problem));
  }
  const workloads = inventory.workloads.map((workload) => withChosen(workload, only));
  return { input: { ...input, problems: chosen, inventory: { ...inventory, workloads } }, left };
}

/** The plan, and what it was not asked for. */
export function withLeft(plan: RepairPlan, left: readonly Unmended[]): RepairPlan {
  if (left.length === 0) return plan;
  return { ...plan, spec: { ...plan.spec, unmended: [...plan.spec.unmended, ...left] } };
}

function holders({ status }: PullProblem): readonly ObjectRef[] {
  const nodes = status.nodes.map((name): ObjectRef => ({ apiVersion: 'v1', kind: 'Node', name }));
  return [...status.owners, ...status.failures.map(({ pod }) => pod), ...nodes];
}

function nobodys(problem: PullProblem): readonly Unmended[] {
  const { image } = problem.spec;
  const { pods, diagnosis } = problem.status;
  return holders(problem)
    .slice(0, 1)
    .map((object) => ({ image, object, usages: [], pods, class: diagnosis.class, reason: 'not-selected' }));
}

/** A person has put the image right already; whether its pods are made anew is chosen too. */
function withChosen(workload: Workload, only: readonly Selection[]): Workload {
  const { corrections, jobs, ref, ...rest } = workload;
  const kept = corrections?.filter(({ image }) => selects(only, { image, object: ref }));
  return {
    ...rest,
    ref,
    jobs: jobs.map((job) => withChosen(job, only)),
    ...(kept === undefined || kept.length === 0 ? {} : { corrections: kept }),
  };
}

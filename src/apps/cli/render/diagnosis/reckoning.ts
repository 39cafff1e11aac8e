import type { PullProblem, RepairPlan, Step, Unmended } from '../../../../core/model/index.ts';
import { stepAbout } from '../../../../steps/previews.ts';
import { isCopy } from '../names.ts';

/** Steps that do something about this problem, cut down to what they do about it. */
export function stepsFor(problem: PullProblem, plan: RepairPlan): readonly Step[] {
  const written = new Set([problem.spec.image, ...problem.spec.usages.map((usage) => usage.image)]);
  const direct = plan.spec.steps.flatMap((step) => stepAbout(step, written) ?? []);
  const ids = new Set(direct.map((step) => step.id));
  const needed = new Set(direct.flatMap((step) => step.needs).filter((id) => !ids.has(id)));
  // A step can need copies of other images too; those are said where those images are.
  const before = plan.spec.steps.filter((step) => needed.has(step.id) && !isCopy(step));
  return [...before, ...direct];
}

/** What of this problem is left to a person. */
export function unmendedOf(problem: PullProblem, plan: RepairPlan): readonly Unmended[] {
  return plan.spec.unmended.filter((one) => one.image === problem.spec.image);
}

/** The plan without what it was not asked for (`--only`): that is no failure of the run. */
export function asAsked(plan: RepairPlan): RepairPlan {
  const unmended = plan.spec.unmended.filter(({ reason }) => reason !== 'not-selected');
  return { ...plan, spec: { ...plan.spec, unmended } };
}

/** The problems that the plan was asked about. */
export function askedAbout({
  problems,
  plan,
}: {
  readonly problems: readonly PullProblem[];
  readonly plan: RepairPlan;
}): readonly PullProblem[] {
  return problems.filter((problem) => !isUnasked(problem, plan));
}

/** Nothing of this problem was asked for. */
export function isUnasked(problem: PullProblem, plan: RepairPlan): boolean {
  const left = unmendedOf(problem, plan);
  return (
    left.length > 0 &&
    left.every(({ reason }) => reason === 'not-selected') &&
    stepsFor(problem, plan).length === 0
  );
}

/** How many pods wait; one that waits for two images is counted once. */
export function podCount(problems: readonly PullProblem[]): number {
  const pods = new Set(problems.flatMap(podNames));
  return Math.max(pods.size, ...problems.map((problem) => problem.status.pods), 0);
}

/** How many pods wait for something that the plan leaves alone. */
export function leftPodCount(problems: readonly PullProblem[], plan: RepairPlan): number {
  const left = problems.filter((problem) => unmendedOf(problem, plan).length > 0);
  const pods = new Set(
    left.flatMap((problem) => {
      const owners = unmendedOf(problem, plan).map((one) => keyOf(one.object));
      return problem.status.failures
        .filter((failure) => owners.includes(keyOf(failure.owner)))
        .map((failure) => keyOf(failure.pod));
    }),
  );
  const counted = left.flatMap((problem) => unmendedOf(problem, plan)).map((one) => one.pods);
  return Math.max(pods.size, ...counted, 0);
}

function podNames(problem: PullProblem): readonly string[] {
  const waiting = (problem.status.chains ?? []).map(({ links }) => links[0].object);
  return [
    ...problem.status.failures.map((failure) => keyOf(failure.pod)),
    ...waiting.filter(({ kind }) => kind === 'Pod').map(keyOf),
  ];
}

function keyOf(object: {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}): string {
  return `${object.kind}/${object.namespace ?? ''}/${object.name}`;
}

import type { PullProblem } from '../../core/model/index.ts';

/** What happened to an image between two looks. */
export type Change = {
  readonly type: 'added' | 'changed' | 'cleared';
  /** As it is now; of one that is cleared as it was. */
  readonly problem: PullProblem;
};

/** What differs between two looks, in the order of the newer one; cleared ones last. */
export function changesBetween(
  before: readonly PullProblem[],
  after: readonly PullProblem[],
): readonly Change[] {
  const old = new Map(before.map((problem) => [problem.metadata.name, problem]));
  const left = new Set(after.map(({ metadata }) => metadata.name));
  return [
    ...after.flatMap((problem): readonly Change[] => {
      const was = old.get(problem.metadata.name);
      if (was === undefined) return [{ type: 'added', problem }];
      return sight(was) === sight(problem) ? [] : [{ type: 'changed', problem }];
    }),
    ...before
      .filter(({ metadata }) => !left.has(metadata.name))
      .map((problem): Change => ({ type: 'cleared', problem })),
  ];
}

/** What a person would call a change: another cause, or other numbers. */
function sight({ status }: PullProblem): string {
  const { diagnosis, pods, owners, nodes } = status;
  return [diagnosis.class, diagnosis.inner, diagnosis.endpoint, pods, owners.length, nodes.length].join(' ');
}

/** Of the time at most this part is spent asking: a large cluster is looked at less often. */
const mostLoad = 0.2;
const longestWaitSeconds = 120;

/** Seconds until the next look: as asked for, longer where a look takes long, and longer with each failure in a row. */
export function pauseSeconds(every: number, lookSeconds: number, failures: number): number {
  const paced = Math.max(every, lookSeconds * (1 / mostLoad - 1));
  return failures === 0 ? paced : Math.min(longestWaitSeconds, paced * 2 ** failures);
}

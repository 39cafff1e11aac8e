import { readField } from '../../core/edit/index.ts';
import { sameObject, type Mirror, type Usage, type Workload } from '../../core/model/index.ts';
import { changesFor } from './changes.ts';
import type { PlanOptions } from './input.ts';
import type { Mend, Task } from './remedies/index.ts';

export type TaskSet = {
  readonly tasks: readonly Task[];
  /** Mends whose object no longer names the image: pods of an old revision. */
  readonly stale: readonly Mend[];
};

/** One task for each object that must change; the unfinished Jobs of a CronJob are tasks of their own. */
export function tasksFor(
  workloads: readonly Workload[],
  mends: readonly Mend[],
  mirrors: ReadonlyMap<string, Mirror>,
  options: PlanOptions,
): TaskSet {
  const tasks: Task[] = [];
  const reached = new Set<Mend>();
  for (const parent of workloads) {
    const own = mends.filter(({ usage }) => sameObject(usage.object, parent.ref));
    for (const workload of [parent, ...parent.jobs]) {
      const current = own
        .map((mend) => ({ mend, moved: { ...mend, usage: moveUsage(mend.usage, parent, workload) } }))
        .filter(({ moved }) => imageAt(workload, moved.usage) === moved.usage.image);
      if (current.length === 0) continue;
      for (const { mend } of current) reached.add(mend);
      const moved = current.map((entry) => entry.moved);
      tasks.push({ workload, mends: moved, changes: changesFor(workload, moved, mirrors, options) });
    }
  }
  return { tasks, stale: mends.filter((mend) => !reached.has(mend)) };
}

/** What the object names there; a longer text (`--helper-image=…`, a pod as YAML) only in the part that counts. */
function imageAt({ object }: Workload, { path, within }: Usage): unknown {
  const value = readField(object, path);
  if (within === undefined || typeof value !== 'string') return value;
  return value.slice(within.offset, within.offset + within.length);
}

/** The same usage seen from a Job instead of its CronJob's template. */
function moveUsage(usage: Usage, from: Workload, to: Workload): Usage {
  if (from === to) return usage;
  const path = usage.path.replace(from.podSpecPath, to.podSpecPath);
  return { ...usage, object: to.ref, path };
}

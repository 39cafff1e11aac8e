import { patchStep } from './patch.ts';
import type { Proposal, Task } from './remedy.ts';

/** The template mends the runs to come; Jobs that hang now are tasks of their own, see `tasks.ts`. */
export function mendCronJob(task: Task): Proposal {
  // Nothing runs until the next schedule: there is no pod that could prove the change.
  return { ok: true, steps: [{ ...patchStep(task), expect: [] }] };
}

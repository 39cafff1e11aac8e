import type { Workload } from '../../../core/model/index.ts';
import { patchStep } from './patch.ts';
import type { DraftStep, Proposal, Task } from './remedy.ts';

/**
 * Changes the setting from which a storage provisioner takes the image of the pods that it makes, then deletes
 * those that run or hang with the old one. Claims that get their volume prove it: the pods themselves end in seconds.
 */
export function mendProvisioner(
  task: Task,
  { pods, readers, claims }: NonNullable<Workload['provisions']>,
): Proposal {
  const patch: DraftStep = { ...patchStep(task), kind: 'patch', changes: task.changes, claims };
  const replace: DraftStep = {
    kind: 'replace-pods',
    object: task.workload.ref,
    needs: [0],
    expect: [],
    pods,
    ...(readers.length === 0 ? {} : { restarts: readers, replaces: readers.length }),
  };
  return { ok: true, steps: pods.length + readers.length === 0 ? [patch] : [patch, replace] };
}

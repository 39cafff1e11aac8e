import { runningContainers } from '../../../core/knowledge/pods/index.ts';
import type { Loss, Workload } from '../../../core/model/index.ts';
import { patchTemplate } from './patch.ts';
import { creatable, recreate } from './recreate.ts';
import type { Proposal, Task } from './remedy.ts';

/** The only fields of a live pod that may change: images of containers and init containers. */
const mutable = /^\/spec\/(?:containers|initContainers)\/\d+\/image$/;

/** A bare pod: its image is changed in place; when policy, secret or a volume must change it is created anew. */
export function mendPod(task: Task): Proposal {
  if (task.changes.every((change) => mutable.test(change.path))) return patchTemplate(task);
  return recreate(task, creatable(task.workload.object), lossOf(task.workload));
}

function lossOf({ object }: Workload): Loss | undefined {
  const names = runningContainers(object);
  return names.length === 0 ? undefined : { what: 'running-containers', pods: 1, names };
}

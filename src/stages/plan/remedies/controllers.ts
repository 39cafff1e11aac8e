import { readField } from '../../../core/edit/index.ts';
import type { Workload } from '../../../core/model/index.ts';
import { patchTemplate, patchThenReplace } from './patch.ts';
import { refuse, type Proposal, type Task } from './remedy.ts';

/** A paused Deployment does not roll out; un-pausing it is its owner's decision. */
export function mendDeployment(task: Task): Proposal {
  return field(task.workload, '/spec/paused') === true ? refuse('paused') : patchTemplate(task);
}

/** With `OnDelete` nothing but a deletion replaces a pod; a rolling update removes stuck pods by itself. */
export function mendDaemonSet(task: Task): Proposal {
  return field(task.workload, '/spec/updateStrategy/type') === 'OnDelete'
    ? patchThenReplace(task)
    : patchTemplate(task);
}

/**
 * The controller waits for ever for a pod of the old revision that cannot become ready
 * (kubernetes/kubernetes#67250): after the patch the stuck pods are deleted. Below `partition` it would create
 * them again from the old template.
 */
export function mendStatefulSet(task: Task): Proposal {
  const partition = standsBelowPartition(task.workload);
  return partition === undefined ? patchThenReplace(task) : refuse('partition', partition);
}

/** The partition that holds stuck pods of a StatefulSet back; undefined when none is below it. */
export function standsBelowPartition(workload: Workload): string | undefined {
  const partition = field(workload, '/spec/updateStrategy/rollingUpdate/partition');
  if (typeof partition !== 'number' || partition <= 0) return undefined;
  const isHeld = workload.stuckPods.some((pod) => ordinal(pod.ref.name) < partition);
  return isHeld ? `partition ${partition}` : undefined;
}

/** ReplicaSets and ReplicationControllers keep every pod that they have. */
export function mendReplicaSet(task: Task): Proposal {
  return patchThenReplace(task);
}

function field(workload: Workload, path: string): unknown {
  return readField(workload.object, path);
}

function ordinal(podName: string): number {
  return Number(podName.slice(podName.lastIndexOf('-') + 1));
}

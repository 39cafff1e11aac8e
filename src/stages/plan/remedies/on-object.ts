import { mendDaemonSet, mendDeployment, mendReplicaSet, mendStatefulSet } from './controllers.ts';
import { mendCronJob } from './cron-job.ts';
import { mendJob } from './job.ts';
import { mendPod } from './pod.ts';
import { mendProvisioner } from './provisioner.ts';
import {
  keeperOf,
  keptBy,
  refuse,
  type ObjectRemedy,
  type Proposal,
  type Remedy,
  type Task,
} from './remedy.ts';

/** How each kind of workload is mended. A kind that is not here is left alone. */
const kinds: Readonly<Record<string, ObjectRemedy>> = {
  Deployment: mendDeployment,
  StatefulSet: mendStatefulSet,
  DaemonSet: mendDaemonSet,
  ReplicaSet: mendReplicaSet,
  ReplicationController: mendReplicaSet,
  Job: mendJob,
  CronJob: mendCronJob,
  Pod: mendPod,
};

/** The object that names the image gets another name. */
export const onObject: Remedy = {
  name: 'object',
  // No other name helps; where the object must change beside what nodes are given, that remedy says so.
  propose: (task) => (task.mends.some((mend) => mend.otherwise !== undefined) ? undefined : inObject(task)),
};

/** The change in the object itself, or who would put it back. */
export function inObject(task: Task): Proposal {
  const { workload } = task;
  const keeper = keeperOf(workload);
  if (keeper !== undefined) return keptBy(keeper);
  if (workload.provisions !== undefined) return mendProvisioner(task, workload.provisions);
  const mend = kinds[workload.ref.kind];
  return mend === undefined ? refuse('unknown-owner', workload.ref.kind) : mend(task);
}

import { mendDaemonSet, mendDeployment, mendReplicaSet, mendStatefulSet } from './controllers.ts';
import { mendCronJob } from './cron-job.ts';
import { mendJob } from './job.ts';
import { mendPod } from './pod.ts';
import { mendProvisioner } from './provisioner.ts';
import { keeperOf, keptBy, refuse, type Proposal, type Remedy, type Task } from './remedy.ts';

/** The remedy for each kind of workload. A kind that is not here is left alone. */
const remedies: Readonly<Record<string, Remedy>> = {
  Deployment: mendDeployment,
  StatefulSet: mendStatefulSet,
  DaemonSet: mendDaemonSet,
  ReplicaSet: mendReplicaSet,
  ReplicationController: mendReplicaSet,
  Job: mendJob,
  CronJob: mendCronJob,
  Pod: mendPod,
};

/** Proposes how to mend one workload. */
export function propose(task: Task): Proposal {
  const { workload } = task;
  const keeper = keeperOf(workload);
  if (keeper !== undefined) return keptBy(keeper);
  if (workload.provisions !== undefined) return mendProvisioner(task, workload.provisions);
  const remedy = remedies[workload.ref.kind];
  return remedy === undefined ? refuse('unknown-owner', workload.ref.kind) : remedy(task);
}

export { replaceCorrected } from './corrected.ts';
export type { DraftStep, Mend, Proposal, Task } from './remedy.ts';

import { isError } from '../core/base/index.ts';
import type { OldRevision, StalePods } from './proof/index.ts';
import type { StepTools } from './module.ts';

/**
 * Scales a ReplicaSet of an old template to zero, as the roll-out will in the end: its pods, none of which ever ran,
 * hold the place (a quota, a port of a node) that the new ones need. Its Deployment scales it up again when the old
 * template comes back. To delete the pods would not help: the old ReplicaSet makes them anew at once.
 *
 * Errors: PM_CONFLICT when the ReplicaSet changed in the meantime, PM_FORBIDDEN.
 */
export async function makeRoom(blockedBy: OldRevision | StalePods, tools: StepTools): Promise<void> {
  if ('stale' in blockedBy) return await removeStale(blockedBy, tools);
  const { ref, resourceVersion } = blockedBy;
  const { api } = tools;
  await api.patch(ref, [
    { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion },
    { op: 'replace', path: '/spec/replicas', value: 0 },
  ]);
}

/** Each only as it was when it was looked at: one that came to run meanwhile stays. */
async function removeStale({ stale }: StalePods, { api, signal }: StepTools): Promise<void> {
  for (const { resourceVersion, ...pod } of stale) {
    signal.throwIfAborted();
    try {
      await api.delete(pod, { resourceVersion, ...(pod.uid === undefined ? {} : { uid: pod.uid }) });
    } catch (error) {
      if (!isError(error, 'PM_NOT_FOUND') && !isError(error, 'PM_CONFLICT')) throw error;
    }
  }
}

import type { OldRevision } from './proof/index.ts';
import type { StepTools } from './module.ts';

/**
 * Scales a ReplicaSet of an old template to zero, as the roll-out will in the end: its pods, none of which ever ran,
 * hold the place (a quota, a port of a node) that the new ones need. Its Deployment scales it up again when the old
 * template comes back. To delete the pods would not help: the old ReplicaSet makes them anew at once.
 *
 * Errors: PM_CONFLICT when the ReplicaSet changed in the meantime, PM_FORBIDDEN.
 */
export async function makeRoom({ ref, resourceVersion }: OldRevision, { api }: StepTools): Promise<void> {
  await api.patch(ref, [
    { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion },
    { op: 'replace', path: '/spec/replicas', value: 0 },
  ]);
}

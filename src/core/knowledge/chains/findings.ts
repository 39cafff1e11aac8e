import type { ClusterFinding } from '../../model/index.ts';

/** Whether something does not start for it; a StorageClass too many is only a warning. */
export function isFailure({ kind }: ClusterFinding): boolean {
  return kind === 'installer-log' || kind === 'pods-refused';
}

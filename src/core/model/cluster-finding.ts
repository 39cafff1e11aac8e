import type { ObjectRef } from './api.ts';

/** Something that is wrong with the cluster itself, and makes pods wait now or the next ones. */
export type ClusterFinding = {
  readonly kind: 'no-default-storage-class' | 'several-default-storage-classes';
  /** StorageClasses: those that could become the default, or those that are, the one that counts first. */
  readonly objects: readonly ObjectRef[];
};

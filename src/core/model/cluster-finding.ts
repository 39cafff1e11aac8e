import type { ObjectRef } from './api.ts';
import type { FailureClass } from './failure-class.ts';

/** Something that is wrong with the cluster itself, and makes pods wait now or the next ones. */
export type ClusterFinding = StorageClassFinding | InstallerFinding;

export type StorageClassFinding = {
  readonly kind: 'no-default-storage-class' | 'several-default-storage-classes';
  /** StorageClasses: those that could become the default, or those that are, the one that counts first. */
  readonly objects: readonly ObjectRef[];
};

/** An installer could not get an image, and only its log says so: no pod was made for it. */
export type InstallerFinding = {
  readonly kind: 'installer-log';
  /** The pod whose log it is. */
  readonly objects: readonly [ObjectRef];
  readonly image: string;
  readonly class: FailureClass;
  /** The line, without secrets. */
  readonly message: string;
};

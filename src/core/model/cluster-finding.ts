import type { ObjectRef } from './api.ts';
import type { FailureClass } from './failure-class.ts';

/** Something that is wrong with the cluster itself, and makes pods wait now or the next ones. */
export type ClusterFinding = StorageClassFinding | InstallerFinding | RefusalFinding;

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

/** Who lets no new pod in; `other` is told in its own words only. */
export type Refuser =
  | 'quota'
  | 'limit-range'
  | 'pod-security'
  | 'admission-policy'
  | 'webhook'
  | 'webhook-silent'
  | 'terminating'
  | 'service-account'
  | 'priority-class'
  | 'runtime-class'
  | 'invalid'
  | 'other';

/** Workloads whose pods are refused before there are any: no image is asked for. */
export type RefusalFinding = {
  readonly kind: 'pods-refused';
  /** The workloads of one namespace that one refuser turns down. */
  readonly objects: readonly [ObjectRef, ...ObjectRef[]];
  readonly by: Refuser;
  /** Of the quota, policy, webhook, ServiceAccount or class, where the text gives it. */
  readonly name?: string;
  /** In the refuser's words, of the first workload, without secrets. */
  readonly message: string;
};

import type { ObjectRef } from './api.ts';

/** Why a step is not proved, where it is not the kubelet that says so. */
export type VerdictReason =
  | 'gone'
  | 'created-anew'
  | 'overwritten'
  | 'not-observed'
  | 'claim-unbound'
  | 'not-followed'
  | 'rolling-out'
  | 'blocked-otherwise'
  | 'refused'
  | 'other-image';

/** What the kubelet says about the containers that a step changed. */
export type Verdict = {
  readonly step: string;
  readonly object: ObjectRef;
  /**
   * `proved`: every expected container has its image and started; `nothing-runs`: no pod is due (CronJob, zero
   * replicas); `failing`: not in time; `reverted`: the field no longer holds what was written.
   */
  readonly result: 'proved' | 'nothing-runs' | 'failing' | 'reverted';
  /** Pods that start with the new image, of how many; for a file: images that were read whole, of how many. */
  readonly proved: number;
  readonly expected: number;
  readonly reason?: VerdictReason;
  /** Without `reason` the kubelet's words; of `overwritten` the field, of `claim-unbound` the claim, of `not-followed` and `rolling-out` the object, of `other-image` its digest. */
  readonly detail?: string;
  /** Of `overwritten`: who wrote last, from `managedFields`. */
  readonly by?: string;
  /** Why pods do not start that no image keeps: the words of the scheduler, a quota, admission or the kubelet. */
  readonly others?: readonly string[];
  readonly seconds: number;
};

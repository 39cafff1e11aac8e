import type { ObjectRef } from './api.ts';

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
  /** The kubelet's reason, or who reverted the field. */
  readonly detail?: string;
  readonly seconds: number;
};

import type { ObjectRef } from './api.ts';
import type { FailureClass } from './failure-class.ts';

/** One object on the way from what waits to what is to blame, and what shows that it is stuck. */
export type ChainLink = {
  readonly object: ObjectRef;
  /** In the cluster's own words; empty for an object that only leads on. */
  readonly symptom: string;
};

/**
 * What keeps something from starting that has no failing image of its own, link by link: a pod, the claim that it
 * waits for, the claim's provisioner, the pod whose image does not arrive.
 */
export type Chain = {
  /** `dependent-…`, `no-storage-class`. */
  readonly class: FailureClass;
  /** The first is what waits; the last is as far as it could be followed. */
  readonly links: readonly [ChainLink, ...ChainLink[]];
};

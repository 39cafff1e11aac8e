import type { ObjectRef } from './api.ts';
import type { Place, PullPolicy } from './usage.ts';

/** A container or image volume of a live pod whose image does not arrive, with what the cluster says about it. */
export type PullFailure = {
  readonly pod: ObjectRef;
  readonly node?: string;
  readonly place: Place;
  readonly container: string;
  /** As written in the pod. */
  readonly image: string;
  /** `state.waiting.reason`, e.g. `ErrImagePull`. */
  readonly reason: string;
  /** The text that holds the cause; empty when the cluster no longer has it. */
  readonly message: string;
  /** Where the text was found. */
  readonly source: 'waiting' | 'event' | 'none';
  readonly pullPolicy?: PullPolicy;
  /** Names of the pull secrets in the pod's namespace. */
  readonly pullSecrets: readonly string[];
  /** The kubelet's `FailedToRetrieveImagePullSecret` text, when it was said for this pod. */
  readonly secretWarning?: string;
  /** ISO 8601; when the pod was created, as a lower bound of how long it waits. */
  readonly since?: string;
  /** Container runtime of the node, e.g. `containerd://1.6.20`. */
  readonly runtime?: string;
  /** The workload that owns the pod (the pod itself when nothing does). */
  readonly owner: ObjectRef;
};

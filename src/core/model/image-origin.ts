import type { JsonObject, ObjectRef } from './api.ts';
import type { DirectPlace, Usage } from './usage.ts';
import type { Manager } from './workload.ts';

/**
 * The one object from which somebody takes the image of a failing container: a custom resource, the settings of an
 * operator or of a webhook, an admission policy. Changed there, the change lasts.
 */
export type ImageOrigin = {
  /** The workload, or pod, that names the image as it was told to. */
  readonly of: ObjectRef;
  readonly place: DirectPlace;
  readonly container: string;
  /** As the pods have it. */
  readonly image: string;
  readonly object: JsonObject;
  readonly ref: ObjectRef;
  /** Of a kind that is none of Kubernetes' own: `prometheuses.monitoring.coreos.com`. */
  readonly resource?: string;
  /** Who would put a change of the object back. */
  readonly managers: readonly Manager[];
  /** Where in the object; of each position `file` is the JSON pointer of the text, and `offset` counts in it. */
  readonly usages: readonly Usage[];
  /** Fields that are to come, since nothing names it yet, and what must stand before the image: `--flag=`. */
  readonly adds: readonly { readonly path: string; readonly lead: string }[];
  /** Pods that run and read a ConfigMap when they start. */
  readonly readers: readonly ObjectRef[];
  readonly follower: {
    /** Whose pods come to have the image: a workload, or a custom resource whose pods are made without one. */
    readonly ref: ObjectRef;
    /** Pods that wait now. */
    readonly waiting: number;
    /** Nobody but a deletion makes the pods anew: admission gave them the image, not their template. */
    readonly isAdmitted: boolean;
  };
};

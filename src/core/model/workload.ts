import type { JsonObject, ObjectRef } from './api.ts';

/** Who would put a change of this object back, and how that is known. */
export type Manager = {
  readonly by: 'controller' | 'helm' | 'argocd' | 'flux' | 'static-pod';
  /** The owner object, release or application, e.g. `Helm release shop/web`. */
  readonly name: string;
  /** `reverts`: continuously; `overwrites`: at its next release; `elsewhere`: the API object is only a picture. */
  readonly effect: 'reverts' | 'overwrites' | 'elsewhere';
};

/** A pod that is stuck, with what is needed to replace it. */
export type StuckPod = {
  readonly ref: ObjectRef;
  /** Images by container name as the pod has them, to tell pods of an old revision. */
  readonly images: Readonly<Record<string, string>>;
};

/** An object that names images for pods, as it was read. */
export type Workload = {
  readonly ref: ObjectRef;
  /** The whole object as the API gave it; never edited. */
  readonly object: JsonObject;
  /** JSON pointer of the pod spec, e.g. `/spec/template/spec`; for a pod `/spec`. */
  readonly podSpecPath: string;
  readonly managers: readonly Manager[];
  readonly stuckPods: readonly StuckPod[];
  /** Unfinished Jobs of a CronJob, as workloads of their own. */
  readonly jobs: readonly Workload[];
  /** Pull secrets of the pod's ServiceAccount: they stop to apply as soon as the pod names one of its own. */
  readonly serviceAccountSecrets: readonly string[];
  /** For what names the image of pods that a storage provisioner makes: what shows whether it works. */
  readonly provisions?: {
    /** Pods to delete after the change: they run, or are stuck, with the old setting. */
    readonly pods: readonly ObjectRef[];
    /** Claims that wait for their volume. */
    readonly claims: readonly ObjectRef[];
  };
};

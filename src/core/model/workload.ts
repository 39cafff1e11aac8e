import type { JsonObject, ObjectRef } from './api.ts';
import type { ManagerRef } from './schemas/manager.ts';
import type { DirectPlace } from './usage.ts';

/** Who would put a change of this object back, and how that is known. */
export type Manager = ManagerRef & {
  /**
   * `reverts`: continuously; `overwrites`: at its next release; `elsewhere`: the API object is only a picture;
   * `unreadable`: whether it does is not known, for want of the right in `right`; `gone`: its marks are left, it is not;
   * `keeps`: it leaves the images as others write them.
   */
  readonly effect: 'reverts' | 'overwrites' | 'elsewhere' | 'unreadable' | 'gone' | 'keeps';
  /** The right that is missing, e.g. `get replicasets.apps in shop`. */
  readonly right?: string;
};

/** A pod that is stuck, with what is needed to replace it. */
export type StuckPod = {
  readonly ref: ObjectRef;
  /** Images by container name as the pod has them, to tell pods of an old revision. */
  readonly images: Readonly<Record<string, string>>;
  /** Containers that run although another one waits for its image. */
  readonly running?: readonly string[];
};

/** A PodDisruptionBudget that is about the pods of a workload. */
export type Budget = {
  readonly name: string;
  /** How many pods may be away when all are healthy. */
  readonly spare: number;
};

/** A container whose image was changed in the template, while pods, or a Job, still wait with the old one. */
export type Correction = {
  readonly place: DirectPlace;
  readonly container: string;
  readonly image: string;
  /** What the template names now; absent when the container is gone from it. */
  readonly template?: string;
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
  readonly budgets?: readonly Budget[];
  /** What a person has put right already; the stuck pods are all that is left to do. */
  readonly corrections?: readonly Correction[];
  /** Unfinished Jobs of a CronJob, as workloads of their own. */
  readonly jobs: readonly Workload[];
  /** Pull secrets of the pod's ServiceAccount: they stop to apply as soon as the pod names one of its own. */
  readonly serviceAccountSecrets: readonly string[];
  /** For what names the image of pods that a storage provisioner makes: what shows whether it works. */
  readonly provisions?: {
    /** Pods to delete after the change: they are stuck with the old setting. */
    readonly pods: readonly ObjectRef[];
    /** Pods that run and read the setting when they start. */
    readonly readers: readonly ObjectRef[];
    /** Claims that wait for their volume. */
    readonly claims: readonly ObjectRef[];
  };
};

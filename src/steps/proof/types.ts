import type { ObjectRef, Verdict } from '../../core/model/index.ts';

/** One look at what a step was for. */
export type Look = Omit<Verdict, 'step' | 'object' | 'seconds'> & {
  /** `now`: this will not change any more; `soon`: when it stays so for some seconds; `no`: wait for the deadline. */
  readonly final: 'now' | 'soon' | 'no';
  /** What keeps new pods from their place, and may go. */
  readonly blockedBy?: OldRevision | StalePods;
};

/** Pods with the old image that wait for it, though what they took it from names another one by now. */
export type StalePods = { readonly stale: readonly (ObjectRef & { readonly resourceVersion: string })[] };

/** A ReplicaSet of an old template, none of whose pods ever ran. */
export type OldRevision = {
  readonly ref: ObjectRef;
  readonly resourceVersion: string;
  readonly pods: number;
};

/** The part of a pod that the kubelet and the scheduler speak through. */
export type PodObject = {
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly ownerReferences?: readonly { readonly uid?: string; readonly controller?: boolean }[];
  };
  readonly spec?: {
    readonly nodeName?: string;
    readonly containers?: readonly ContainerSpec[];
    readonly initContainers?: readonly ContainerSpec[];
    readonly volumes?: readonly {
      readonly name?: string;
      readonly image?: { readonly reference?: string };
    }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly conditions?: readonly {
      readonly type?: string;
      readonly status?: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
  };
};

export type ContainerSpec = { readonly name?: string; readonly image?: string };

export type ContainerStatus = {
  readonly name?: string;
  readonly imageID?: string;
  readonly restartCount?: number;
  readonly state?: {
    readonly running?: object;
    readonly terminated?: {
      readonly exitCode?: number;
      readonly reason?: string;
      readonly message?: string;
    };
    readonly waiting?: { readonly reason?: string; readonly message?: string };
  };
};

import type { Verdict } from '../../core/model/index.ts';

/** One look at what a step was for. `final` verdicts do not wait for the deadline. */
export type Look = Omit<Verdict, 'step' | 'object' | 'seconds'> & { readonly final: boolean };

/** The part of a pod that the kubelet speaks through. */
export type PodObject = {
  readonly metadata?: {
    readonly name?: string;
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
    readonly terminated?: object;
    readonly waiting?: { readonly reason?: string; readonly message?: string };
  };
};

import type { ObjectApi } from '../../adapters/kube/index.ts';
import type { Step, Verdict } from '../../core/model/index.ts';

/** What proving needs from the outside world. */
export type VerifyDeps = {
  /** Absent when the run edited files only. */
  readonly api?: ObjectApi;
  /** Pods of a namespace that match a label selector. */
  readonly pods: (namespace: string, labelSelector: string) => Promise<readonly PodObject[]>;
  /** Reads an image whole: its manifests and every blob, each with its digest. Throws when it cannot be had. */
  readonly readImage: (reference: string) => Promise<void>;
  readonly onProgress: (step: Step, proved: number, expected: number) => void;
  readonly onVerdict: (step: Step, verdict: Verdict) => void;
  readonly signal: AbortSignal;
};

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

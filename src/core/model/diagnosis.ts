import type { Chain } from './chain.ts';
import type { OriginalName } from './candidate.ts';
import type { Deviation } from './deviation.ts';
import type { FailureClass } from './failure-class.ts';
import { apiVersion, type ObjectRef } from './api.ts';
import type { FailureVariant } from './failure-variant.ts';
import type { PullSecretFact } from './pull-secret.ts';
import type { PullFailure } from './evidence.ts';
import type { ManagerRef } from './schemas/manager.ts';
import type { Usage } from './usage.ts';

export type Confidence = 'certain' | 'likely' | 'unknown';
export type MirrorHelps = 'yes' | 'no' | 'maybe';

/** What one text says about one failing pull. */
export type Diagnosis = {
  readonly class: FailureClass;
  /** For `sandbox-image`: the class of the pull inside it. */
  readonly inner?: FailureClass;
  /** What the text tells beyond its class. */
  readonly variant?: FailureVariant;
  readonly confidence: Confidence;
  /** The host that failed or answered, with its port; it may be a mirror, a token service or a blob store. */
  readonly endpoint?: string;
  readonly mirrorHelps: MirrorHelps;
  /** The endpoint is a mirror in the configuration of these nodes; a probe from there showed it. */
  readonly mirrorOf?: readonly string[];
  /** An address to which the endpoint's name led and where it cannot be. */
  readonly falseAddress?: { readonly address: string; readonly kind: 'own-network' | 'poisoned' };
  /** The raw text, secrets removed. */
  readonly evidence: string;
};

/** One image that does not arrive, its causes and every place that names it. */
export type PullProblem = {
  readonly apiVersion: typeof apiVersion;
  readonly kind: 'PullProblem';
  readonly metadata: { readonly name: string };
  readonly spec: {
    /** Normalised reference, or the text as written when it does not parse. */
    readonly image: string;
    readonly usages: readonly Usage[];
  };
  readonly status: {
    readonly diagnosis: Diagnosis;
    /** Other causes seen for the same image (another node, another credential). */
    readonly others: readonly Diagnosis[];
    readonly failures: readonly PullFailure[];
    readonly pods: number;
    readonly owners: readonly ObjectRef[];
    readonly nodes: readonly string[];
    readonly since?: string;
    /** What waits for one of these pods, without a failing image of its own. */
    readonly chains?: readonly Chain[];
    /** Delivery tools whose marks are left on a workload, while the delivery itself is gone. */
    readonly staleMarks?: readonly { readonly object: ObjectRef; readonly manager: ManagerRef }[];
    /** What the delivery tools of its workloads do with a change, and where they take the objects from. */
    readonly deliveries?: readonly { readonly object: ObjectRef; readonly manager: ManagerRef }[];
    /** Nodes that have the image, where a container asks the registry all the same (`Always`). */
    readonly onNodes?: readonly string[];
    /** Pull secrets of its pods, where the pull was refused. */
    readonly pullSecrets?: readonly PullSecretFact[];
    /** Where the name stands on a mirror: the image that it stands for. */
    readonly original?: OriginalName;
    /** Where the image comes from, for containers whose template does not name it. */
    readonly deviations?: readonly Deviation[];
  };
};

export function pullProblem(
  name: string,
  spec: PullProblem['spec'],
  status: PullProblem['status'],
): PullProblem {
  return { apiVersion, kind: 'PullProblem', metadata: { name }, spec, status };
}

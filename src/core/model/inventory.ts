import type { Chain } from './chain.ts';
import type { ClusterFinding } from './cluster-finding.ts';
import type { ClusterIdentity } from './schemas/index.ts';
import type { Deviation } from './deviation.ts';
import type { ImageOrigin } from './image-origin.ts';
import type { PullSecretFact } from './pull-secret.ts';
import type { PullFailure } from './evidence.ts';
import type { Usage } from './usage.ts';
import type { Workload } from './workload.ts';

/** A file that was read, kept whole so that an edit can be byte-exact. */
export type SourceFile = {
  readonly path: string;
  readonly text: string;
  readonly sha256: string;
};

/** What a source found: every usage that fails (cluster) or is named (files), and what is known about it. */
export type Inventory = {
  readonly cluster?: ClusterIdentity;
  readonly nodes: number;
  /** Pods that were looked at, in a cluster. */
  readonly pods?: number;
  readonly usages: readonly Usage[];
  readonly failures: readonly PullFailure[];
  /** What waits for something else than an image of its own. */
  readonly chains?: readonly Chain[];
  /** What is wrong with the cluster itself. */
  readonly findings?: readonly ClusterFinding[];
  /** Nodes that have an image which `Always` asks the registry for all the same, by normalised reference. */
  readonly onNodes?: Readonly<Record<string, readonly string[]>>;
  /** Rights that were missing to read all of it, e.g. `list nodes`. */
  readonly unread?: readonly string[];
  /** What the pull secrets of refused pulls hold. */
  readonly pullSecrets?: readonly PullSecretFact[];
  /** Where images come from that no template names as the pods have them. */
  readonly deviations?: readonly Deviation[];
  /** Where whoever makes or changes pods takes failing images from, found in the objects themselves. */
  readonly origins?: readonly ImageOrigin[];
  readonly workloads: readonly Workload[];
  readonly files: readonly SourceFile[];
  /** `os/arch` of the nodes that pods may land on. */
  readonly platforms: readonly string[];
  /**
   * By `objectName` of a workload the nodes that its pods may run on and that can be given images: ready, Linux,
   * containerd.
   */
  readonly nodesOf?: Readonly<Record<string, readonly string[]>>;
  /** The same of single images, by normalised reference: of the nodes where the pods that need them may run. */
  readonly platformsOf?: Readonly<Record<string, readonly string[]>>;
  /** Normalised reference to digests that pods of this cluster ran it with (`imageID`). */
  readonly knownDigests: Readonly<Record<string, readonly string[]>>;
  /**
   * Digests of what nodes keep under the name of an image but got under another one. No proof: whoever gave an unproved
   * copy the name of the original would have it vouch for itself. Another image than that is another image, though.
   */
  readonly namedDigests?: Readonly<Record<string, readonly string[]>>;
};

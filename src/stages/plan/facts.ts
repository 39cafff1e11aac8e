import {
  objectName,
  type HelmUpgradeStep,
  type ImageOrigin,
  type JsonObject,
  type NodeConfigStep,
  type NodeLoadStep,
  type NotByValues,
  type ObjectRef,
} from '../../core/model/index.ts';
import { needsLogin } from './changes.ts';
import type { PlanInput } from './input.ts';

/** What a node would be told of mirrors, read from the node before. */
export type NodeConfigFact = {
  readonly node: string;
  /** Owners of pods that miss an image there. */
  readonly owners: readonly ObjectRef[];
  readonly step: Omit<NodeConfigStep, 'id' | 'needs'>;
};

/** An image that this machine reads, and nodes that can be given it. */
export type NodeLoadFact = {
  /** As problems name it. */
  readonly image: string;
  /** What its name leads to where it is read: the index where there is one. */
  readonly digest: string;
  readonly nodes: NodeLoadStep['nodes'];
};

/** What was found out of a Helm release that brought workloads: how to upgrade it, or why not. */
export type ReleaseFact = {
  /** The workloads. */
  readonly owners: readonly ObjectRef[];
  readonly upgrade:
    | { readonly ok: true; readonly step: Omit<HelmUpgradeStep, 'id' | 'needs' | 'expect' | 'workloads'> }
    | { readonly ok: false; readonly refusal: NotByValues };
};

/** What is wrong with the default StorageClass, where a mark mends it. */
export type StorageFact =
  | {
      readonly is: 'missing';
      /** The only one that there is. */
      readonly storageClass: JsonObject;
      readonly claims: readonly ObjectRef[];
    }
  /** A person chose to end it: of several the one that counts stays. */
  | { readonly is: 'several'; readonly kept: string; readonly others: readonly JsonObject[] };

/** What was found out for remedies before: a plan asks nobody. A remedy that needs some adds a field. */
export type GatheredFacts = {
  readonly storage?: StorageFact;
  /** Absent: nobody allowed that nodes are changed. */
  readonly nodeConfigs?: readonly NodeConfigFact[];
  /** Absent: nothing is left that it would help. */
  readonly nodeLoads?: readonly NodeLoadFact[];
  readonly releases?: readonly ReleaseFact[];
};

/** What remedies know beside the objects. */
export type PlanFacts = GatheredFacts & {
  /** Where whoever makes pods takes failing images from. */
  readonly origins?: readonly ImageOrigin[];
  /** By `objectName` of a workload the nodes that can be given its images. */
  readonly nodesOf?: NonNullable<PlanInput['inventory']['nodesOf']>;
  /** Objects, by `objectName`, whose change somebody wrote over: what is done on nodes needs no other reason. */
  readonly reverted?: ReadonlySet<string>;
  /** Mirrors from which nodes pull without a login of a pod. */
  readonly openToNodes?: ReadonlySet<string>;
};

export function factsOf(input: PlanInput): PlanFacts {
  const { inventory, mirrors, facts = {}, withdrawn = [], reverted = [] } = input;
  const open = mirrors.mirrors.filter((mirror) => !needsLogin(mirror));
  return {
    ...facts,
    origins: inventory.origins ?? [],
    nodesOf: inventory.nodesOf ?? {},
    reverted: new Set([...withdrawn, ...reverted].map(({ object }) => objectName(object))),
    openToNodes: new Set(open.map(({ name }) => name)),
  };
}

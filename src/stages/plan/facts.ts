import type { NodeConfigStep, ObjectRef } from '../../core/model/index.ts';

/** What a node would be told of mirrors, read from the node before. */
export type NodeConfigFact = {
  readonly node: string;
  /** Owners of pods that miss an image there. */
  readonly owners: readonly ObjectRef[];
  readonly step: Omit<NodeConfigStep, 'id' | 'needs'>;
};

/** What remedies must know beside the objects, found out before: a plan asks nobody. A remedy that needs some adds a field. */
export type PlanFacts = {
  /** Absent: nobody allowed that nodes are changed. */
  readonly nodeConfigs?: readonly NodeConfigFact[];
};

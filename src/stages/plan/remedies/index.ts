import { helmValues } from './helm-values.ts';
import { nodeConfig } from './node-config.ts';
import { nodeLoad } from './node-load.ts';
import { onNode } from './on-node.ts';
import { onObject } from './on-object.ts';
import type { Remedy } from './remedy.ts';
import { atSource } from './source/index.ts';

/** Every way to mend a workload, the most lasting first: a plan takes the first that is possible. */
export const remedies: readonly Remedy[] = [atSource, helmValues, onObject, nodeConfig, onNode, nodeLoad];

export { canBeGiven, sentOnce } from './node-load.ts';
export { choosing, type Chosen } from './choose-remedy.ts';
export { forNobody, oncePerNode } from './node-config.ts';
export { oncePerRelease } from './helm-values.ts';
export { oncePerSource } from './source/index.ts';
export { replaceCorrected } from './corrected.ts';
export { keepsName } from './remedy.ts';
export type { DraftStep, Mend, Proposal, Remedy, Task } from './remedy.ts';

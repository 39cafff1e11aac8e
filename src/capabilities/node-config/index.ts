export { nodeConfigs, type NodeConfigs } from './node-configs.ts';
export type { Canary, NodeCheck } from './check.ts';
export { withNodeFacts } from './facts.ts';
export { onNodes, type OfNode } from './on-nodes.ts';
export type { NodeConfigPlan } from './plan.ts';
export type { NodeConfigView } from './show.ts';

export { applyPlan } from './apply-plan.ts';
export { revertedSince } from './reverted.ts';
export { toolsFor } from './tools.ts';

export { applyPlan } from './apply-plan.ts';
export { toolsFor } from './tools.ts';

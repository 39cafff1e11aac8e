export { applyPlan, depsFor } from './apply-plan.ts';

export { withLoadFacts } from './facts.ts';
export { planNodeNames } from './name-plan.ts';
export { planNodeLoad, type NodeLoadPlan } from './plan.ts';

export { withLoadFacts } from './facts.ts';
export { planNodeLoad, type NodeLoadPlan } from './plan.ts';

export { planNodeLoad, type NodeLoadPlan } from './plan.ts';

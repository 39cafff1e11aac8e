export type { Check, Lab, Transcript } from './context.ts';
export { SCENARIO_LABEL } from './prepare.ts';
export { runScenario, type Result } from './scenario.ts';

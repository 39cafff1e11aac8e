export { variablesOf, type Check, type Context, type Lab, type Transcript } from './context.ts';
export { pullmendInvocation } from './desk.ts';
export { kubectlInvocation } from './kubectl.ts';
export { seesReady } from './observe.ts';
export { prepare, SCENARIO_LABEL } from './prepare.ts';
export { runScenario, withScenario, type Result } from './scenario.ts';

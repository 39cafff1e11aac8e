export { applyPlan, requireRights } from './apply-plan.ts';
export { requireSameCopies } from './still-there.ts';
export { vetPlan } from './vet.ts';
export { restoreNodeConfig, type Restored } from './restore-nodes.ts';
export { toolsFor } from './tools.ts';
export { grantCommands, permissionsFor } from './permissions.ts';
export { revertsIn } from './reverted.ts';
export { planFor, planWithAlternatives } from './plan-for.ts';
export { untilItLasts } from './until-it-lasts.ts';

export { applyPlan, requireRights } from './apply-plan.ts';
export { requireSameCopies } from './still-there.ts';
export { vetPlan } from './vet.ts';
export { revertedSince } from './reverted.ts';
export { triedPlan } from './tried.ts';
export { toolsFor } from './tools.ts';
export { grantCommands } from './permissions.ts';
export { untilItLasts, type NextPlan } from './until-it-lasts.ts';

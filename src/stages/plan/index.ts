export type { ReleaseFact } from './facts.ts';
export type { PlanInput, PlanOptions } from './input.ts';
export type { StorageFact } from './facts.ts';
export { plan } from './plan.ts';
export { planRewrite, type RewriteChoice } from './rewrite.ts';
export { insteadOf } from './instead-of.ts';
export { secretName } from './changes.ts';
export { narrowed, withLeft } from './only.ts';

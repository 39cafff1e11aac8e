export { lookAtClaims } from './claims.ts';
export { lookAtPods, readObject } from './pods.ts';
export { expectedPods, hasSucceeded, observed, readyPods } from './workload.ts';
export type { Look, OldRevision, PodObject } from './types.ts';

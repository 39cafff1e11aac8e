export { lookAtClaims } from './claims.ts';
export { lookAtFollowers } from './followers.ts';
export { lookAtPods, readObject } from './pods.ts';
export { expectedPods, hasSucceeded, observed, readyPods } from './workload.ts';
export type { Look, OldRevision, PodObject, StalePods } from './types.ts';

export { lookAtClaims } from './claims.ts';
export { lookAtPods, readObject } from './pods.ts';
export type { Look, PodObject } from './types.ts';

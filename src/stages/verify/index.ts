export type { PodNews } from './bell.ts';
export { verify, type VerifyDeps } from './verify.ts';

export type { PodObject, VerifyDeps } from './deps.ts';
export { verify } from './verify.ts';

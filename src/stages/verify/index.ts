export { verify, type VerifyDeps } from './verify.ts';

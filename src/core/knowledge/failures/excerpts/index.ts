export { indirectReason, isFailedPull, pullReasons } from './cues.ts';
export type { Found } from './found.ts';
export { ExcerptReader } from './reader.ts';

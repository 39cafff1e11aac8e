export { indirectReason } from './cues.ts';
export type { Found } from './found.ts';
export { ExcerptReader } from './reader.ts';

export { sourceChanges } from './source-changes.ts';
export type { Copy, SourceChange, SourceChanges, SourcePatch, SourceProof } from './types.ts';

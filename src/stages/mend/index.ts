export { createMender } from './mender.ts';
export type { MenderOptions } from './outside.ts';
export type * from './types.ts';
export { createCopier, type Copier, type CopierOptions } from './copier.ts';
export type { CopyEvent, CopyPair, CopyReport, CopyResult, CopyTotals } from './copier.ts';

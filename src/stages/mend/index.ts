export { createMender } from './mender.ts';
export type { MenderOptions } from './outside.ts';
export type * from './types.ts';

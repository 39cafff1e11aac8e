export { endPrevention, prevent } from './prevent.ts';
export type { Prevention, PreventOptions, PreventResult, RemovalResult } from './types.ts';

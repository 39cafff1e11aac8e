export type { Change, WatchOptions } from './changes.ts';
export { watchObjects } from './list-watch.ts';

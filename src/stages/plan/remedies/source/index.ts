export { atSource } from './at-source.ts';
export { oncePerSource } from './once-per-source.ts';

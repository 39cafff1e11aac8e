export { injectorNamed, injectorOf } from './injectors.ts';
export type { Injector } from './injectors.data.ts';
export { isAskedAbout } from './selectors.ts';

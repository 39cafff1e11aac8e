import type { MenderOptions, Outside } from './outside.ts';
import type { Registries } from './registries.ts';

/** What every method of a mender works with. */
export type World = {
  readonly options: MenderOptions;
  readonly outside: Outside;
  readonly registries: Registries;
};

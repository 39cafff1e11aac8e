import type { Reference } from '../core/image/index.ts';
import type { Mirror, Probe } from '../core/model/index.ts';
import type { MenderOptions, Outside } from './outside.ts';

/** What every method of a mender works with. */
export type World = {
  readonly options: MenderOptions;
  readonly outside: Outside;
  readonly registries: Registries;
};

/** The registries as stages see them: each mirror asked with its own credentials. */
export type Registries = {
  readonly probe: (
    reference: Reference,
    options: {
      readonly mirror?: Mirror;
      readonly platforms?: readonly string[];
      readonly signal?: AbortSignal;
    },
  ) => Promise<Probe>;
  /** Reads an image whole and checks every digest: its manifests and blobs, of all platforms. */
  readonly readImage: (reference: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

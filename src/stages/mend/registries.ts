import type { Reference } from '../../core/image/index.ts';
import type { Mirror, Probe } from '../../core/model/index.ts';
import type { MenderOptions, Outside } from './outside.ts';

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

/** Loads the registry client with the first question: many commands have none. */
export function openRegistries(options: MenderOptions, outside: Outside): Registries {
  let opening: Promise<Registries> | undefined;
  const opened = async (): Promise<Registries> => {
    opening ??= import('./asked-registries.ts').then(({ askRegistries }) => askRegistries(options, outside));
    return await opening;
  };
  return {
    probe: async (reference, how) => await (await opened()).probe(reference, how),
    readImage: async (reference) => await (await opened()).readImage(reference),
    close: async () => await (await opening)?.close(),
  };
}

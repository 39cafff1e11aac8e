import type { MenderOptions, Outside } from '../outside.ts';
import type { Registries } from '../world.ts';

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

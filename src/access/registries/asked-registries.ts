import type { RegistryClient } from '../../adapters/oci/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { parseReference, type Reference } from '../../core/image/index.ts';
import { openClient } from './client.ts';
import { keychainFor } from './credentials.ts';
import type { MenderOptions, Outside } from '../outside.ts';
import type { Registries } from '../world.ts';

/** A rate limit that is over that soon is waited for; a longer one is told. */
const shortWaitMs = 10_000;

/** The registries with a client that is open; each mirror asked with its own credentials. */
export function askRegistries(options: MenderOptions, outside: Outside): Registries {
  const client = openClient(options, outside, { rateWaitMs: shortWaitMs });
  const keychains = new Map(
    outside.mirrors.mirrors.map(({ name, credentials }) => [
      name,
      keychainFor(credentials, { ...options, kube: outside.kube }),
    ]),
  );
  return {
    probe: async (reference, { mirror, platforms, signal }) =>
      await client.probe(reference, {
        ...(mirror === undefined ? {} : { credentials: keychains.get(mirror.name) }),
        ...(platforms === undefined ? {} : { platforms }),
        signal,
      }),
    readImage: async (reference) => {
      await readWhole(client, parseReference(reference), options.signal);
    },
    close: client.close,
  };
}

/** Indexes in indexes; real ones have one level. */
const deepestIndex = 4;

/** Reads everything below a manifest once; parts that an index or its images repeat are not read again. */
async function readWhole(
  client: RegistryClient,
  reference: Reference,
  signal: AbortSignal,
  { depth, read }: { readonly depth: number; readonly read: Set<string> } = { depth: 0, read: new Set() },
): Promise<void> {
  const { manifest } = await client.getManifest(reference, { signal });
  const { registry, repository } = reference;
  const isNew = ({ digest }: { readonly digest: string }): boolean => {
    const before = read.size;
    return read.add(digest).size > before;
  };
  if (manifest.kind === 'index') {
    if (depth === deepestIndex)
      throw new PullmendError('PM_MIRROR_NOT_A_REGISTRY', { who: registry }, { where: repository });
    for (const { digest } of manifest.manifests.filter(isNew))
      await readWhole(client, { registry, repository, digest }, signal, { depth: depth + 1, read });
    return;
  }
  for (const blob of [manifest.config, ...manifest.layers].filter(isNew)) {
    for await (const chunk of client.readBlob(reference, blob, { signal })) void chunk;
  }
}

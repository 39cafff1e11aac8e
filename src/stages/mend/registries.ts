import {
  createRegistryClient,
  dockerConfigKeychain,
  type HostSettings,
  type Limits,
  type RegistryClient,
} from '../../adapters/oci/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { parseReference, type Reference } from '../../core/image/index.ts';
import { mirrorHosts } from '../../core/knowledge/mirrors/index.ts';
import type { Mirror, MirrorSet, Probe } from '../../core/model/index.ts';
import { keychainFor } from './credentials.ts';
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

export function openRegistries(options: MenderOptions, outside: Outside): Registries {
  const client = openClient(options, outside.mirrors);
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

/** A client that knows the hosts of the mirrors, with the credentials of the Docker configuration. */
export function openClient(
  options: Pick<MenderOptions, 'env' | 'home' | 'hosts'>,
  mirrors: MirrorSet,
  limits: Partial<Limits> = {},
): RegistryClient {
  return createRegistryClient({
    hosts: mergeSettings([...hostSettings(mirrors), ...Object.entries(options.hosts ?? {})]),
    credentials: dockerConfigKeychain(options),
    env: options.env,
    limits,
  });
}

function hostSettings({ mirrors }: MirrorSet): readonly (readonly [string, HostSettings])[] {
  return mirrors.flatMap((mirror) => {
    const { caFile, clientCertFile, clientKeyFile, plainHttp } = mirror;
    const settings = {
      ...(caFile !== undefined && { caFile }),
      ...(clientCertFile !== undefined && { clientCertFile }),
      ...(clientKeyFile !== undefined && { clientKeyFile }),
      plainHttp,
    };
    return mirrorHosts(mirror).map((host) => [host, settings] as const);
  });
}

/** Several mirrors may be on one host, and only one of them names its certificates. */
function mergeSettings(
  all: readonly (readonly [string, HostSettings])[],
): Readonly<Record<string, HostSettings>> {
  const merged: Record<string, HostSettings> = {};
  for (const [host, settings] of all) merged[host] = { ...merged[host], ...settings };
  return merged;
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

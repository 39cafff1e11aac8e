import {
  createRegistryClient,
  dockerConfigKeychain,
  type HostSettings,
  type Limits,
  type RegistryClient,
} from '../../adapters/oci/index.ts';
import { mirrorHosts } from '../../core/knowledge/mirrors/index.ts';
import type { MirrorSet } from '../../core/model/index.ts';
import type { MenderOptions, Outside } from '../outside.ts';
import { ratesOf } from './rates.ts';

/**
 * A client that knows the hosts of the mirrors, with the credentials of the Docker configuration. What one client of a
 * command is told to wait for, all wait for.
 */
export function openClient(
  options: Pick<MenderOptions, 'env' | 'home' | 'hosts'>,
  outside: Outside,
  limits: Partial<Limits> = {},
): RegistryClient {
  return createRegistryClient({
    hosts: mergeSettings([...hostSettings(outside.mirrors), ...Object.entries(options.hosts ?? {})]),
    credentials: dockerConfigKeychain(options),
    env: options.env,
    limits,
    rates: ratesOf(outside),
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

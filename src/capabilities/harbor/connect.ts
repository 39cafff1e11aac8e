import { isHarbor, openHarbor, type Harbor, type HarborSend } from '../../adapters/harbor/index.ts';
import { dockerConfigKeychain, firstOf, type RegistryClient } from '../../adapters/oci/index.ts';
import type { Mirror } from '../../core/model/index.ts';
import { keychainFor, type World } from '../../access/index.ts';

/** Throws PM_REGISTRY_UNREACHABLE, PM_TLS_UNTRUSTED. */
export async function isHarborAt(host: string, client: RegistryClient, world: World): Promise<boolean> {
  return await isHarbor(sendTo(host, client, world));
}

/**
 * The Harbor on a host, as the user who did `docker login`, else with the credentials of the mirrors there. Throws
 * PM_CREDENTIALS_UNREADABLE, PM_CREDENTIAL_HELPER.
 */
export async function harborAt(
  host: string,
  mirrors: readonly Mirror[],
  client: RegistryClient,
  world: World,
): Promise<Harbor> {
  const sources = { ...world.options, kube: world.outside.kube };
  const own = mirrors.map(({ credentials }) => keychainFor(credentials, sources));
  const found = await firstOf(dockerConfigKeychain(world.options), ...own).find(host, '');
  const send = sendTo(host, client, world);
  return openHarbor({ host, send, ...(found?.type === 'basic' ? { login: found } : {}) });
}

function sendTo(host: string, client: RegistryClient, { options }: World): HarborSend {
  return async (request) => await client.plain(host, { ...request, signal: options.signal });
}

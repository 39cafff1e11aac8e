import { Buffer } from 'node:buffer';
import type { Kube } from '../../adapters/kube/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { asObject, digText } from '../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../core/model/index.ts';

/** A registry that a pull secret is for. */
export type SecretHost = { readonly host: string; readonly secret: string };

/** Secrets are read one by one, since only a few users may list them. */
const maxSecrets = 50;

/** Hosts of the pull secrets that pods name (`namespace/name`); nothing else of them is kept. */
export async function readSecretHosts(
  kube: Kube,
  names: readonly string[],
): Promise<{ readonly hosts: readonly SecretHost[]; readonly unread: readonly string[] }> {
  const hosts: SecretHost[] = [];
  for (const secret of names.slice(0, maxSecrets)) {
    const [namespace = '', name = ''] = secret.split('/');
    try {
      const object = await kube.find({ apiVersion: 'v1', kind: 'Secret', namespace, name });
      hosts.push(...hostsIn(object ?? {}).map((host) => ({ host, secret })));
    } catch (error) {
      if (!(error instanceof PullmendError) || error.code !== 'PM_FORBIDDEN') throw error;
      return { hosts, unread: ['secrets'] };
    }
  }
  return { hosts, unread: [] };
}

function hostsIn(secret: JsonObject): readonly string[] {
  const modern = jsonIn(digText(secret, 'data', '.dockerconfigjson'));
  const entries =
    modern === undefined ? jsonIn(digText(secret, 'data', '.dockercfg')) : asObject(modern).auths;
  const hosts = Object.keys(asObject(entries)).map((server) =>
    server
      .replace(/^https?:\/\//, '')
      .split('/', 1)
      .join('')
      .toLowerCase(),
  );
  return [...new Set(hosts)].filter((host) => /^[a-z0-9.-]+(?::\d+)?$/.test(host));
}

function jsonIn(data: string | undefined): unknown {
  if (data === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(data, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}

import type { Kube } from '../../adapters/kube/index.ts';
import {
  anonymous,
  dockerConfigKeychain,
  pullSecretKeychain,
  type Credentials,
  type Keychain,
} from '../../adapters/oci/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { readField } from '../../core/edit/index.ts';
import {
  objectName,
  type MirrorCredentials,
  type ObjectRef,
  type PullSecretStep,
} from '../../core/model/index.ts';

type Sources = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly kube: () => Promise<Kube>;
};

/** The credentials that a mirror's configuration names; a Secret is read when a registry asks for them. */
export function keychainFor(credentials: MirrorCredentials, sources: Sources): Keychain {
  switch (credentials.from) {
    case 'anonymous':
      return anonymous;
    case 'docker-config':
      return dockerConfigKeychain(sources);
    case 'secret':
      return secretKeychain(credentials, sources);
  }
}

function secretKeychain(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  { kube }: Sources,
): Keychain {
  const ref: ObjectRef = { apiVersion: 'v1', kind: 'Secret', namespace, name };
  let keychain: Promise<Keychain> | undefined;
  return {
    async find(registry, repository) {
      keychain ??= kube().then(async (api) => {
        const secret = await api.get(ref);
        const data = readField(secret, '/data/.dockerconfigjson') ?? readField(secret, '/data/.dockercfg');
        const content = typeof data === 'string' ? Buffer.from(data, 'base64').toString('utf8') : '{}';
        return pullSecretKeychain(content, objectName(ref));
      });
      return await (await keychain).find(registry, repository);
    },
  };
}

/**
 * The content of a pull secret with the credentials of one host and nothing else, ready for `.dockerconfigjson`.
 * Errors: PM_NO_CREDENTIALS.
 */
export async function dockerConfigJson(step: PullSecretStep, sources: Sources): Promise<string> {
  const found = await keychainFor(step.source, sources).find(step.host, '');
  if (found === undefined) {
    throw new PullmendError('PM_NO_CREDENTIALS', { host: step.host, source: sourceText(step.source) });
  }
  return JSON.stringify({ auths: { [step.host]: entry(found) } });
}

/** User names and passwords of hosts, as in `~/.docker/config.json`. */
export function dockerConfigOf(
  logins: readonly { readonly host: string; readonly username: string; readonly password: string }[],
): string {
  const auths = logins.map(({ host, ...login }) => [host, entry({ type: 'basic', ...login })]);
  return JSON.stringify({ auths: Object.fromEntries(auths) });
}

function entry(credentials: Credentials): object {
  if (credentials.type === 'identity-token') return { identitytoken: credentials.token };
  const { username, password } = credentials;
  return { username, password, auth: Buffer.from(`${username}:${password}`).toString('base64') };
}

function sourceText(source: MirrorCredentials): string {
  return source.from === 'secret' ? `Secret/${source.namespace}/${source.name}` : source.from;
}

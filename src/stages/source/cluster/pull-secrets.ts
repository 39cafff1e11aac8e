import type { Kube } from '../../../adapters/kube/index.ts';
import { viewPullSecret } from '../../../adapters/oci/index.ts';
import { isError } from '../../../core/base/index.ts';
import { formatReference, tryParseReference, type Reference } from '../../../core/image/index.ts';
import { asText, dig, digText } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject, PullFailure, PullSecretFact } from '../../../core/model/index.ts';

/** Different images in namespaces that are looked into; who has more of them has one cause. */
const mostCases = 50;
/** Secrets of one namespace that are looked through for a login that nobody uses. */
const mostUnused = 50;

/** Texts of pulls that failed for want of a login, or of the right one. */
const isAboutLogins =
  /\b40[13]\b|unauthori[sz]ed|authori[sz]|denied|forbidden|credential|basic auth|oauth|login|insufficient_scope/i;

type Case = { readonly image: Reference; readonly namespace: string; readonly names: readonly string[] };

/**
 * What the pull secrets of pods hold that were refused: for which hosts, and as whom; whether one of the same name is
 * in another namespace, and whether one that would do is there and not named. Costs requests only where a pull was
 * refused. Who may not read Secrets learns that.
 */
export async function readPullSecrets(
  kube: Kube,
  failures: readonly PullFailure[],
): Promise<readonly PullSecretFact[]> {
  const read = secretReader(kube);
  const cases = [...casesOf(failures).values()].slice(0, mostCases);
  return (await Promise.all(cases.map(async (one) => await factsOf(one, read)))).flat();
}

function casesOf(failures: readonly PullFailure[]): ReadonlyMap<string, Case> {
  const cases = new Map<string, Case>();
  for (const { pod, image, message, secretWarning, pullSecrets } of failures) {
    const reference = tryParseReference(image);
    if (reference === undefined || !(isAboutLogins.test(message) || secretWarning !== undefined)) continue;
    const namespace = pod.namespace ?? '';
    const key = [namespace, formatReference(reference), ...pullSecrets].join('\n');
    cases.set(key, { image: reference, namespace, names: pullSecrets });
  }
  return cases;
}

type SecretReader = {
  find(namespace: string, name: string): Promise<JsonObject | 'forbidden' | undefined>;
  /** Namespaces that have a Secret of this name; none where the user may not list. */
  namespacesOf(name: string): Promise<readonly string[]>;
  pullSecretsIn(namespace: string): Promise<readonly JsonObject[]>;
};

async function factsOf(
  { image, namespace, names }: Case,
  read: SecretReader,
): Promise<readonly PullSecretFact[]> {
  const named = await Promise.all(
    names.map(async (name): Promise<PullSecretFact> => {
      const secret = await read.find(namespace, name);
      const fact = {
        image: formatReference(image),
        namespace,
        name,
        isNamed: true,
        hosts: [],
        elsewhere: [],
      };
      if (secret === 'forbidden') return { ...fact, state: 'unreadable' };
      const seen = secret === undefined ? ({ state: 'missing' } as const) : lookInto(secret, image);
      const elsewhere = seen.state === 'fits' ? [] : await read.namespacesOf(name);
      return { ...fact, ...seen, elsewhere: elsewhere.filter((other) => other !== namespace) };
    }),
  );
  if (named.some(({ state }) => state === 'fits' || state === 'unreadable')) return named;
  const unused = (await read.pullSecretsIn(namespace)).flatMap((secret): readonly PullSecretFact[] => {
    const name = digText(secret, 'metadata', 'name') ?? '';
    const seen = lookInto(secret, image);
    if (names.includes(name) || seen.state !== 'fits') return [];
    return [{ image: formatReference(image), namespace, name, isNamed: false, ...seen, elsewhere: [] }];
  });
  return [...named, ...unused];
}

const contents = {
  'kubernetes.io/dockerconfigjson': '.dockerconfigjson',
  'kubernetes.io/dockercfg': '.dockercfg',
} as const;

/** As the kubelet does (pkg/credentialprovider/secrets): of another type it is passed over. */
function lookInto(
  secret: JsonObject,
  { registry, repository }: Reference,
): Pick<PullSecretFact, 'state' | 'hosts' | 'user' | 'type'> {
  const type = asText(secret.type) ?? 'Opaque';
  if (type !== 'kubernetes.io/dockerconfigjson' && type !== 'kubernetes.io/dockercfg') {
    return { state: 'wrong-type', type, hosts: [] };
  }
  const data = asText(dig(secret, 'data', contents[type]));
  const view =
    data === undefined
      ? undefined
      : viewPullSecret(Buffer.from(data, 'base64').toString('utf8'), registry, repository);
  if (view === undefined) return { state: 'broken', hosts: [] };
  const { hosts, login } = view;
  if (login === undefined) return { state: 'other-hosts', hosts };
  const { isComplete, user } = login;
  return { state: isComplete ? 'fits' : 'incomplete', hosts, ...(user === undefined ? {} : { user }) };
}

/** Every Secret and list is read once. */
function secretReader(kube: Kube): SecretReader {
  const found = new Map<string, ReturnType<SecretReader['find']>>();
  const spaces = new Map<string, Promise<readonly string[]>>();
  const lists = new Map<string, Promise<readonly JsonObject[]>>();
  return {
    find: (namespace, name) => once(found, `${namespace}/${name}`, () => findSecret(kube, namespace, name)),
    namespacesOf: (name) =>
      once(spaces, name, async () => {
        const selector = { fieldSelector: `metadata.name=${name}`, metadataOnly: true };
        const secrets = await listSecrets(kube, selector);
        return secrets.flatMap((secret) => digText(secret, 'metadata', 'namespace') ?? []).toSorted();
      }),
    pullSecretsIn: (namespace) =>
      once(lists, namespace, async () => {
        const fieldSelector = 'type=kubernetes.io/dockerconfigjson';
        return await listSecrets(kube, { namespace, fieldSelector, limit: mostUnused });
      }),
  };
}

async function once<T>(map: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const value = map.get(key) ?? read();
  map.set(key, value);
  return await value;
}

async function findSecret(
  kube: Kube,
  namespace: string,
  name: string,
): Promise<JsonObject | 'forbidden' | undefined> {
  try {
    return await kube.find({ apiVersion: 'v1', kind: 'Secret', namespace, name });
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return 'forbidden';
    throw error;
  }
}

/** The first page of them. */
async function listSecrets(
  kube: Kube,
  options: Parameters<Kube['pages']>[1],
): Promise<readonly JsonObject[]> {
  try {
    for await (const page of kube.pages('Secret', options)) return page;
    return [];
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return [];
    throw error;
  }
}

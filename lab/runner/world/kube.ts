import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';

/** Plain JSON of the API server, as far as it is the lab's own. */
export type KubeObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly managedFields?: readonly { readonly manager: string; readonly subresource?: string }[];
    readonly ownerReferences?: readonly {
      readonly kind: string;
      readonly name: string;
      readonly uid: string;
    }[];
  };
  readonly spec?: unknown;
  readonly status?: unknown;
  readonly [field: string]: unknown;
};

export function nameOf({ apiVersion, kind, metadata }: KubeObject): ObjectName {
  return { apiVersion, kind, name: metadata.name };
}

/** The API server's refusal. */
export class KubeError extends Error {
  override readonly name = 'KubeError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type ObjectName = { readonly apiVersion: string; readonly kind: string; readonly name: string };

/**
 * The cluster as the runner sees it. It shares no code with pullmend: what judges must not stand on what is
 * judged. Every call throws KubeError on a refusal.
 */
export type Kube = {
  create(object: KubeObject, namespace: string | undefined): Promise<KubeObject>;
  get(of: ObjectName, namespace: string | undefined): Promise<KubeObject | undefined>;
  list(
    apiVersion: string,
    kind: string,
    namespace?: string,
    selector?: string,
  ): Promise<readonly KubeObject[]>;
  patch(of: ObjectName, namespace: string | undefined, operations: readonly unknown[]): Promise<KubeObject>;
  delete(of: ObjectName, namespace: string | undefined): Promise<void>;
  /** All resources that may be asked for, as RBAC names them: API group and plural, subresources too. */
  resources(): Promise<readonly { readonly group: string; readonly name: string }[]>;
  /** A bearer token of a ServiceAccount. */
  token(namespace: string, account: string): Promise<string>;
};

/** An API server on the same machine answers at once; longer means that it is gone. */
const TIMEOUT_MS = 20_000;
/** Shown in `managedFields` as the one who made the objects, as a person would. */
const MANAGER = 'kubectl-create';
const EDITOR = 'kubectl-edit';

type Cluster = { readonly server: string; readonly ca: string };
type Send = (method: string, path: string, body?: unknown, type?: string) => Promise<unknown>;

/** Reads a kubeconfig with one cluster and a client certificate, as the lab writes it. */
export function connectKube(kubeconfig: string): Kube {
  const { server, ...credentials } = readAccess(kubeconfig);
  const agent = new Agent({ ...credentials, keepAlive: true, maxSockets: 16 });
  return kubeOver((method, path, body, type) => send(server + path, agent, method, body, type));
}

function readAccess(kubeconfig: string): {
  readonly server: string;
  readonly ca: Buffer;
  readonly cert: Buffer;
  readonly key: Buffer;
} {
  const { clusters, users } = parse(readFileSync(kubeconfig, 'utf8')) as {
    clusters: [{ cluster: { server: string; 'certificate-authority-data': string } }];
    users: [{ user: { 'client-certificate-data': string; 'client-key-data': string } }];
  };
  const { server, 'certificate-authority-data': ca } = clusters[0].cluster;
  const { 'client-certificate-data': cert, 'client-key-data': key } = users[0].user;
  const decode = (base64: string): Buffer => Buffer.from(base64, 'base64');
  return { server, ca: decode(ca), cert: decode(cert), key: decode(key) };
}

/** What a proxy of the lab's API server needs of a kubeconfig. */
export function accessOf(kubeconfig: string): {
  readonly server: string;
  readonly ca: Buffer;
  readonly client: { readonly cert: Buffer; readonly key: Buffer };
} {
  const { server, ca, cert, key } = readAccess(kubeconfig);
  return { server, ca, client: { cert, key } };
}

/** The server and CA of a kubeconfig, to write another one for another user. */
export function clusterOf(kubeconfig: string): Cluster {
  const config = parse(readFileSync(kubeconfig, 'utf8')) as {
    clusters: [{ cluster: { server: string; 'certificate-authority-data': string } }];
  };
  const { server, 'certificate-authority-data': ca } = config.clusters[0].cluster;
  return { server, ca };
}

function kubeOver(call: Send): Kube {
  const paths = createPaths(call);
  return {
    create: async (object, namespace) => {
      const path = await paths(object.apiVersion, object.kind, namespace);
      return (await call('POST', `${path}?fieldManager=${MANAGER}`, object)) as KubeObject;
    },
    get: async ({ apiVersion, kind, name }, namespace) => {
      const path = await paths(apiVersion, kind, namespace);
      return unlessNotFound(async () => (await call('GET', `${path}/${name}`)) as KubeObject);
    },
    list: async (apiVersion, kind, namespace, selector) => {
      const path = await paths(apiVersion, kind, namespace);
      const query = selector === undefined ? '' : `?labelSelector=${encodeURIComponent(selector)}`;
      const { items } = (await call('GET', path + query)) as {
        items: Omit<KubeObject, 'apiVersion' | 'kind'>[];
      };
      return items.map((item) => ({ ...item, apiVersion, kind }) as KubeObject);
    },
    patch: async ({ apiVersion, kind, name }, namespace, operations) => {
      const path = `${await paths(apiVersion, kind, namespace)}/${name}?fieldManager=${EDITOR}`;
      return (await call('PATCH', path, operations, 'application/json-patch+json')) as KubeObject;
    },
    delete: async ({ apiVersion, kind, name }, namespace) => {
      const path = await paths(apiVersion, kind, namespace);
      await unlessNotFound(() => call('DELETE', `${path}/${name}?propagationPolicy=Background`));
    },
    resources: async () => {
      const { groups } = (await call('GET', '/apis')) as {
        groups: { name: string; versions: { groupVersion: string }[] }[];
      };
      const versions = groups.flatMap(({ name, versions: all }) =>
        all.map(({ groupVersion }) => ({ group: name, path: `/apis/${groupVersion}` })),
      );
      const lists = await Promise.all(
        [{ group: '', path: '/api/v1' }, ...versions].map(async ({ group, path }) => {
          const { resources } = (await call('GET', path)) as { resources: { name: string }[] };
          return resources.map(({ name }) => ({ group, name }));
        }),
      );
      return lists.flat();
    },
    token: async (namespace, account) => {
      const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`;
      const reply = await call('POST', path, {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: {},
      });
      return (reply as { status: { token: string } }).status.token;
    },
  };
}

/** Finds where a kind lives from the API server's own discovery documents, each read once. */
function createPaths(call: Send): (apiVersion: string, kind: string, namespace?: string) => Promise<string> {
  type Resource = { readonly name: string; readonly kind: string; readonly namespaced: boolean };
  const known = new Map<string, readonly Resource[]>();
  return async (apiVersion, kind, namespace) => {
    const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const find = (): Resource | undefined =>
      known.get(apiVersion)?.find((one) => one.kind === kind && !one.name.includes('/'));
    // A custom resource may have come since the document was read.
    if (find() === undefined)
      known.set(apiVersion, ((await call('GET', base)) as { resources: Resource[] }).resources);
    const resource = find();
    if (resource === undefined) throw new KubeError(404, `the cluster has no kind ${kind} in ${apiVersion}`);
    const scope = resource.namespaced && namespace !== undefined ? `/namespaces/${namespace}` : '';
    return `${base}${scope}/${resource.name}`;
  };
}

async function unlessNotFound<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) return undefined;
    throw error;
  }
}

async function send(
  url: string,
  agent: Agent,
  method: string,
  body: unknown,
  type = 'application/json',
): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
  const headers = body === undefined ? {} : { 'content-type': type };
  const outgoing = request(url, { agent, method, headers, timeout: TIMEOUT_MS }, (reply) => {
    text(reply).then((read) => resolve({ status: reply.statusCode ?? 0, body: read }), reject);
  });
  outgoing.on('error', reject);
  outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${url}: no answer`)));
  outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  const reply = await promise;
  if (reply.status >= 300) throw new KubeError(reply.status, `${method} ${url}: ${messageOf(reply.body)}`);
  return JSON.parse(reply.body);
}

function messageOf(body: string): string {
  try {
    return (JSON.parse(body) as { message?: string }).message ?? body;
  } catch {
    return body;
  }
}

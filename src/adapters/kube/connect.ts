import { isError, PullmendError } from '../../core/base/index.ts';
import {
  asObject,
  asObjects,
  dig,
  digText,
  objectRef,
  resourceName,
  type KindInfo,
} from '../../core/knowledge/pods/index.ts';
import {
  fieldManager,
  objectName,
  type Json,
  type JsonObject,
  type ObjectRef,
  type Permission,
} from '../../core/model/index.ts';
import { exec } from './exec.ts';
import { loadKubeconfig, type KubeconfigOptions } from './kubeconfig.ts';
import type { Kube, KubeDeleteOptions, ListOptions, LogOptions } from './kube.ts';
import type { WriteOptions } from './object-api.ts';
import { readPages } from './pages.ts';
import { collectionPath, groupPath, knownKind, objectPath } from './paths.ts';
import { openTransport, type Call, type Transport } from './transport.ts';

export type ConnectOptions = KubeconfigOptions & {
  /** For one request, its reply included; default 60. */
  readonly requestTimeoutSeconds?: number;
  /** Act as another user (`kubectl --as`, `--as-group`). */
  readonly as?: string;
  readonly asGroups?: readonly string[];
};

/** A list of 500 pods over a bad line takes its time; a dead server is noticed by the connect timeout of 10 s. */
const defaultTimeoutSeconds = 60;

/**
 * Connects to the cluster that a kubeconfig names, and asks its version, so that a cluster that is not there is
 * noticed at once. Errors: PM_NO_KUBECONFIG, PM_KUBECONFIG_INVALID, PM_CONTEXT_UNKNOWN, PM_CREDENTIAL_PLUGIN and
 * those of `Kube`.
 */
export async function connectKube(options: ConnectOptions = {}): Promise<Kube> {
  const loaded = await loadKubeconfig(options);
  const transport = await openTransport(loaded, {
    requestTimeoutSeconds: options.requestTimeoutSeconds ?? defaultTimeoutSeconds,
    headers: [
      ...(options.as === undefined ? [] : [['impersonate-user', options.as] as const]),
      ...(options.asGroups ?? []).map((group) => ['impersonate-group', group] as const),
    ],
  });
  try {
    const { context, server } = loaded;
    const identity = { context, server, version: await readVersion(transport) };
    return { ...kubeOver(transport), identity, namespace: loaded.namespace, close: () => transport.close() };
  } catch (error) {
    await transport.close();
    throw error;
  }
}

/** Empty when the user may not know it; any other answer but a version means that nothing else will work either. */
async function readVersion(transport: Transport): Promise<string> {
  try {
    const version = await transport.send({ ...plainGet('/version'), object: '/version' });
    return digText(version, 'gitVersion') ?? '';
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return '';
    throw error;
  }
}

function kubeOver(transport: Transport): Omit<Kube, 'identity' | 'namespace' | 'close'> {
  const versions = new Map<string, Promise<string>>();

  function servedVersion(kind: string): Promise<string> {
    const known = versions.get(kind) ?? findVersion(transport, kind);
    versions.set(kind, known);
    return known;
  }

  async function* pages(
    kind: string | KindInfo,
    options: ListOptions = {},
  ): AsyncGenerator<readonly JsonObject[]> {
    const [info, version] =
      typeof kind === 'string' ? [knownKind(kind), await servedVersion(kind)] : [kind, kind.apiVersions[0]];
    yield* readPages(transport, info, version, options);
  }

  async function get(ref: ObjectRef): Promise<JsonObject> {
    return asObject(await transport.send({ method: 'GET', ...about(ref, 'get') }));
  }

  return {
    servedVersion,
    pages,
    get,
    list: async (kind, options) => {
      const objects: JsonObject[] = [];
      for await (const page of pages(kind, options)) objects.push(...page);
      return objects;
    },
    find: async (ref) => {
      try {
        return await get(ref);
      } catch (error) {
        if (isError(error, 'PM_NOT_FOUND')) return undefined;
        throw error;
      }
    },
    create: async (object, options) => {
      const ref = objectRef(object);
      const path = collectionPath(knownKind(ref.kind, ref.apiVersion), ref.apiVersion, ref.namespace);
      const call = {
        method: 'POST',
        ...about(ref, 'create'),
        path,
        query: writeQuery(options),
        body: object,
      };
      return asObject(await transport.send(call));
    },
    replace: async (object, options) => {
      const call = {
        method: 'PUT',
        ...about(objectRef(object), 'update'),
        query: writeQuery(options),
        body: object,
      };
      return asObject(await transport.send(call));
    },
    patch: async (ref, operations, options) => {
      const reply = await transport.send({
        method: 'PATCH',
        ...about(ref, 'patch'),
        query: writeQuery(options),
        body: operations,
        contentType: 'application/json-patch+json',
        tests: operations.some(({ op }) => op === 'test'),
      });
      return asObject(reply);
    },
    delete: async (ref, options = {}) => {
      await transport.send({ method: 'DELETE', ...about(ref, 'delete'), body: deleteBody(options) });
    },
    log: (pod, options) => readLog(transport, pod, options),
    exec: (pod, call) => exec(transport, pod, call),
    can: (permission) => can(transport, permission),
  };
}

/** Kinds that moved are looked for in the groups they were in, newest first. */
async function findVersion(transport: Transport, kind: string): Promise<string> {
  const { apiVersions, plural } = knownKind(kind);
  if (apiVersions.length === 1) return apiVersions[0];
  for (const apiVersion of apiVersions) {
    const path = groupPath(apiVersion);
    const resources = await transport.send({ ...plainGet(path), object: path }).catch((error: unknown) => {
      if (isError(error, 'PM_NOT_FOUND')) return {};
      throw error;
    });
    if (asObjects(dig(resources, 'resources')).some(({ name }) => name === plural)) return apiVersion;
  }
  throw new PullmendError('PM_NOT_FOUND', { object: plural });
}

async function readLog(
  transport: Transport,
  pod: ObjectRef,
  { container, tailLines, limitBytes }: LogOptions,
): Promise<string> {
  const text = await transport.send({
    method: 'GET',
    verb: 'get',
    path: `${objectPath(pod)}/log`,
    query: { container, tailLines: String(tailLines), limitBytes: String(limitBytes) },
    resource: 'pods/log',
    object: objectName(pod),
    isText: true,
  });
  return typeof text === 'string' ? text : '';
}

async function can(transport: Transport, { verb, resource, namespace }: Permission): Promise<boolean> {
  const [name = resource, ...group] = resource.split('.');
  const [plural = name, subresource] = name.split('/');
  const review = await transport.send({
    ...plainGet('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'),
    method: 'POST',
    verb: 'create',
    object: `a review of ${verb} ${resource}`,
    resource: 'selfsubjectaccessreviews.authorization.k8s.io',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: {
        resourceAttributes: { verb, group: group.join('.'), resource: plural, subresource, namespace },
      },
    },
  });
  return dig(review, 'status', 'allowed') === true;
}

function about(
  ref: ObjectRef,
  verb: string,
): Pick<Call, 'verb' | 'path' | 'object' | 'resource' | 'namespace'> {
  const { namespace } = ref;
  const scope = namespace === undefined ? {} : { namespace };
  return { verb, path: objectPath(ref), object: objectName(ref), resource: resourceName(ref), ...scope };
}

function plainGet(path: string): Omit<Call, 'object'> {
  return { method: 'GET', verb: 'get', path, resource: path };
}

function writeQuery(options: WriteOptions = {}): Record<string, string | undefined> {
  return { fieldManager, dryRun: options.dryRun === true ? 'All' : undefined };
}

function deleteBody(options: KubeDeleteOptions): Json {
  const { uid, resourceVersion, propagation, gracePeriodSeconds, dryRun } = options;
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: propagation ?? 'Background',
    gracePeriodSeconds,
    ...(uid === undefined && resourceVersion === undefined
      ? {}
      : { preconditions: { uid, resourceVersion } }),
    ...(dryRun === true ? { dryRun: ['All'] } : {}),
  };
}

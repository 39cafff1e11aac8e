import { hostname } from 'node:os';
import { isError } from '../../core/base/index.ts';
import { digText, type KindInfo } from '../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../core/model/index.ts';
import { discover } from './discovery.ts';
import { exec } from './exec.ts';
import { loadKubeconfig, type KubeconfigOptions, type LoadedKubeconfig } from './kubeconfig.ts';
import type { Kube, ListOptions } from './kube.ts';
import { readLog } from './log.ts';
import { objectsOver } from './objects.ts';
import { readPages } from './pages.ts';
import { can } from './permission.ts';
import { openTransport, type Transport } from './transport.ts';
import { watchObjects, type Change, type WatchOptions } from './watch/index.ts';
import { whoAmI } from './whoami.ts';

export type ConnectOptions = KubeconfigOptions & {
  /** Ends the wait for a credential plugin; a plugin that is asked again later ends by its own limit. */
  readonly signal?: AbortSignal;
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
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    headers: [
      ...(options.as === undefined ? [] : [['impersonate-user', options.as] as const]),
      ...(options.asGroups ?? []).map((group) => ['impersonate-group', group] as const),
    ],
  });
  try {
    const { context, server } = loaded;
    const identity = { context, server, version: await readVersion(transport) };
    return {
      ...kubeOver(transport, loaded),
      identity,
      namespace: loaded.namespace,
      close: () => transport.close(),
    };
  } catch (error) {
    await transport.close();
    throw error;
  }
}

/** Empty when the user may not know it; any other answer but a version means that nothing else will work either. */
async function readVersion(transport: Transport): Promise<string> {
  try {
    const version = await transport.send({
      method: 'GET',
      verb: 'get',
      path: '/version',
      resource: '/version',
      object: '/version',
    });
    return digText(version, 'gitVersion') ?? '';
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return '';
    throw error;
  }
}

function kubeOver(
  transport: Transport,
  { user }: LoadedKubeconfig,
): Omit<Kube, 'identity' | 'namespace' | 'close'> {
  const discovery = discover(transport);
  const objects = objectsOver(transport, discovery);
  let person: Promise<string> | undefined;

  async function at(kind: string | KindInfo): Promise<readonly [KindInfo, string]> {
    if (typeof kind !== 'string') return [kind, kind.apiVersions[0]];
    return [await discovery.kind(kind), await discovery.servedVersion(kind)];
  }

  async function* pages(
    kind: string | KindInfo,
    options: ListOptions = {},
  ): AsyncGenerator<readonly JsonObject[]> {
    yield* readPages(transport, ...(await at(kind)), options);
  }

  async function* watch(kind: string | KindInfo, options: WatchOptions): AsyncGenerator<Change> {
    yield* watchObjects(transport, ...(await at(kind)), options);
  }

  return {
    ...objects,
    servedVersion: (kind) => discovery.servedVersion(kind),
    kindInfo: (kind, apiVersion) => discovery.kind(kind, apiVersion),
    servedKinds: () => discovery.all(),
    pages,
    watch,
    list: async (kind, options) => {
      const all: JsonObject[] = [];
      for await (const page of pages(kind, options)) all.push(...page);
      return all;
    },
    find: async (ref, options) => {
      try {
        return await objects.get(ref, options);
      } catch (error) {
        if (isError(error, 'PM_NOT_FOUND')) return undefined;
        throw error;
      }
    },
    log: (pod, options) => readLog(transport, pod, options),
    exec: (pod, call) => exec(transport, pod, call),
    can: (permission) => can(transport, permission),
    whoAmI: async () => {
      person ??= whoAmI(transport, user);
      return { user: await person, host: hostname() };
    },
  };
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { apiGroup, digText, kinds, type KindInfo } from '../../../src/core/knowledge/pods/index.ts';
import type { Json, JsonObject } from '../../../src/core/model/index.ts';
import { review, type Denial } from './access.ts';
import { discovery, type Aggregated } from './discovery.ts';
import { playFaults, type Fault, type Trouble } from './faults.ts';
import { findTarget, handleObjects, type Served } from './handle.ts';
import { Refusal, type StubReply, type StubRequest } from './reply.ts';
import { Store, type Write } from './store.ts';
import { Watches } from './watches.ts';

export type ApiServerOptions = {
  /** Default `v1.33.1`. */
  readonly version?: string;
  /** Where CronJobs are; `batch/v1beta1` before Kubernetes 1.21. */
  readonly cronJobs?: 'batch/v1' | 'batch/v1beta1';
  /** Custom resources, beside the kinds of the table. */
  readonly kinds?: readonly KindInfo[];
  /** How discovery answers; default `v2`. */
  readonly aggregated?: Aggregated;
  /** The version of SelfSubjectReview; default `v1`, `none` before 1.26. */
  readonly selfReviews?: 'v1' | 'v1beta1' | 'v1alpha1' | 'none';
  /** Requests must bring it; by default any are let in. */
  readonly token?: string;
  /** PEM; the stub then speaks HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string };
};

/**
 * A Kubernetes API server for tests: the kinds of core/knowledge/pods over real HTTP, with list pages and
 * selectors, watches, JSON Patch, delete preconditions, finalizers, dry-run, discovery, access reviews, and the API
 * server's own words for every refusal. It fills in no defaults, checks only what pullmend meets (see validate.ts) and runs no controllers:
 * a test plays them with `put`, `remove` and `onWrite`.
 */
export type ApiServer = {
  readonly url: string;
  /** Every request, oldest first. */
  readonly requests: readonly StubRequest[];
  /** Stores objects as they are, as a controller or kubelet would; by kind, namespace and name. */
  put(...objects: readonly JsonObject[]): readonly JsonObject[];
  get(kind: string, namespace: string | undefined, name: string): JsonObject | undefined;
  all(kind: string): readonly JsonObject[];
  /** Removes an object and what it owns. */
  remove(kind: string, namespace: string | undefined, name: string): void;
  /** Takes access away from the user. */
  deny(...denials: readonly Denial[]): void;
  /** Called after each write by a client, before it is answered. */
  onWrite(hook: (write: Write) => void | Promise<void>): void;
  /** Asked before each request: a reply of the test's own, some trouble, or undefined. */
  intercept(hook: (request: StubRequest) => Trouble | undefined): void;
  /** Plays a script of faults, each for the first requests that match it. */
  script(...faults: readonly Fault[]): void;
  readonly watches: Pick<Watches, 'count' | 'bookmark' | 'stop'>;
  /** Forgets old versions: watches that start from them get a 410. */
  compact(): void;
  /** Goes away with all connections; `start` brings it back under the same address. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
};

export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const store = new Store();
  const requests: StubRequest[] = [];
  const denials: Denial[] = [];
  const writeHooks: ((write: Write) => void | Promise<void>)[] = [];
  const interceptors: ((request: StubRequest) => Trouble | undefined)[] = [];
  const watches = new Watches(store);
  const extra = options.kinds ?? [];
  const { aggregated = 'v2', selfReviews = 'v1' } = options;
  const served: Served = ({ kind, apiVersions }) =>
    kind === 'CronJob' ? (options.cronJobs ?? 'batch/v1') : apiVersions[0];
  const context = {
    store,
    denials,
    served,
    kinds: [...kinds, ...extra],
    wrote: async (write: Write) => {
      for (const hook of writeHooks) await hook(write);
    },
  };

  async function answer(request: StubRequest): Promise<StubReply> {
    if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`) {
      return new Refusal(401, 'Unauthorized', 'Unauthorized').reply;
    }
    const { path } = request;
    if (path === '/version') return ok({ gitVersion: options.version ?? 'v1.33.1' });
    if (path.endsWith('/selfsubjectaccessreviews'))
      return { status: 201, body: review(denials, request.body) };
    if (path === `/apis/authentication.k8s.io/${selfReviews}/selfsubjectreviews`) {
      return {
        status: 201,
        body: {
          kind: 'SelfSubjectReview',
          status: { userInfo: { username: 'system:serviceaccount:shop:tester' } },
        },
      };
    }
    return discovery(request, served, extra, aggregated) ?? (await handleObjects(request, context));
  }

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(message);
    requests.push(request);
    const trouble = interceptors.map((hook) => hook(request)).find((reply) => reply !== undefined);
    if (trouble === 'hang') return;
    if (trouble === 'reset') {
      message.socket.resetAndDestroy();
      return;
    }
    if (typeof trouble === 'object') {
      send(response, request, trouble);
      return;
    }
    try {
      if (request.query.get('watch') === 'true') {
        watches.serve(request, response, findTarget(request, context));
        return;
      }
      const reply = await answer(request);
      if (trouble === 'lost') message.socket.resetAndDestroy();
      else send(response, request, reply);
    } catch (error) {
      const refused =
        error instanceof Refusal
          ? error
          : new Refusal(500, 'InternalError', `the stub failed: ${String(error)}`);
      send(response, request, refused.reply);
    }
  }

  const listener = (message: IncomingMessage, response: ServerResponse) => void serve(message, response);
  const server = options.tls === undefined ? createServer(listener) : createTlsServer(options.tls, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  function known(kind: string, apiVersion?: string): KindInfo {
    const info = context.kinds.find(
      (each) =>
        each.kind === kind &&
        (apiVersion === undefined || apiGroup(each.apiVersions[0]) === apiGroup(apiVersion)),
    );
    if (info === undefined) throw new Error(`the stub knows no kind ${kind}`);
    return info;
  }

  async function stop(): Promise<void> {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    requests,
    put: (...objects) =>
      objects.map((object) =>
        store.put(known(digText(object, 'kind') ?? '', digText(object, 'apiVersion')), object),
      ),
    get: (kind, namespace, name) => store.get(known(kind), namespace, name),
    all: (kind) => store.all(known(kind)),
    remove: (kind, namespace, name) => {
      const object = store.get(known(kind), namespace, name);
      if (object !== undefined) store.remove(known(kind), object);
    },
    deny: (...more) => void denials.push(...more),
    onWrite: (hook) => void writeHooks.push(hook),
    intercept: (hook) => void interceptors.push(hook),
    script: (...faults) => void interceptors.push(playFaults(faults)),
    watches,
    compact: () => store.compact(),
    stop,
    start: async () => {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    close: async () => {
      if (server.listening) await stop();
    },
  };
}

function ok(body: Json): StubReply {
  return { status: 200, body };
}

async function read(message: IncomingMessage): Promise<StubRequest> {
  const url = new URL(message.url ?? '/', 'http://stub');
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: message.headers,
    ...(text === '' ? {} : { body: JSON.parse(text) as Json }),
  };
}

/** The API server compresses replies of more than 128 KiB for clients that take it. */
const gzipFrom = 128 * 1024;

function send(response: ServerResponse, request: StubRequest, { status, body, headers }: StubReply): void {
  const isText = typeof body === 'string';
  const bytes = Buffer.from(isText ? body : JSON.stringify(body));
  const zip = bytes.length > gzipFrom && String(request.headers['accept-encoding']).includes('gzip');
  response.writeHead(status, {
    'content-type': isText ? 'text/plain' : 'application/json',
    ...(zip ? { 'content-encoding': 'gzip' } : {}),
    ...headers,
  });
  response.end(zip ? gzipSync(bytes) : bytes);
}

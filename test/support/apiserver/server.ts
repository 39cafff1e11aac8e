import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { digText, kindInfo, kinds, type KindInfo } from '../../../src/core/knowledge/pods/index.ts';
import type { Json, JsonObject } from '../../../src/core/model/index.ts';
import { review, type Denial } from './access.ts';
import { handleObjects, type Served } from './handle.ts';
import { Refusal, type StubReply, type StubRequest } from './reply.ts';
import { Store, type Write } from './store.ts';

export type ApiServerOptions = {
  /** Default `v1.33.1`. */
  readonly version?: string;
  /** Where CronJobs are; `batch/v1beta1` before Kubernetes 1.21. */
  readonly cronJobs?: 'batch/v1' | 'batch/v1beta1';
  /** Requests must bring it; by default any are let in. */
  readonly token?: string;
  /** PEM; the stub then speaks HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string };
};

/**
 * A Kubernetes API server for tests: the kinds of core/knowledge/pods over real HTTP, with list pages and
 * selectors, JSON Patch, delete preconditions, dry-run, access reviews, and the API server's own words for every
 * refusal. It fills in no defaults, checks only what pullmend meets (see validate.ts) and runs no controllers:
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
  /** Asked before each request: a reply of the test's own, `reset` to cut the connection, or undefined. */
  intercept(hook: (request: StubRequest) => StubReply | 'reset' | undefined): void;
  close(): Promise<void>;
};

export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const store = new Store();
  const requests: StubRequest[] = [];
  const denials: Denial[] = [];
  const writeHooks: ((write: Write) => void | Promise<void>)[] = [];
  const interceptors: ((request: StubRequest) => StubReply | 'reset' | undefined)[] = [];
  const served: Served = ({ kind, apiVersions }) =>
    kind === 'CronJob' ? (options.cronJobs ?? 'batch/v1') : apiVersions[0];
  const context = {
    store,
    denials,
    served,
    wrote: async (write: Write) => {
      for (const hook of writeHooks) await hook(write);
    },
  };

  async function answer(request: StubRequest): Promise<StubReply | 'reset'> {
    const scripted = interceptors.map((hook) => hook(request)).find((reply) => reply !== undefined);
    if (scripted !== undefined) return scripted;
    if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`) {
      return new Refusal(401, 'Unauthorized', 'Unauthorized').reply;
    }
    const { path } = request;
    if (path === '/version') return ok({ gitVersion: options.version ?? 'v1.33.1' });
    if (path.endsWith('/selfsubjectaccessreviews'))
      return { status: 201, body: review(denials, request.body) };
    return discovery(path, served) ?? handleObjects(request, context);
  }

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(message);
    requests.push(request);
    const reply = await answer(request).catch((error: unknown) => {
      if (error instanceof Refusal) return error.reply;
      return new Refusal(500, 'InternalError', `the stub failed: ${String(error)}`).reply;
    });
    if (reply === 'reset') message.socket.resetAndDestroy();
    else send(response, request, reply);
  }

  const listener = (message: IncomingMessage, response: ServerResponse) => void serve(message, response);
  const server = options.tls === undefined ? createServer(listener) : createTlsServer(options.tls, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    requests,
    put: (...objects) => objects.map((object) => store.put(known(digText(object, 'kind') ?? ''), object)),
    get: (kind, namespace, name) => store.get(known(kind), namespace, name),
    all: (kind) => store.all(known(kind)),
    remove: (kind, namespace, name) => {
      const object = store.get(known(kind), namespace, name);
      if (object !== undefined) store.remove(known(kind), object);
    },
    deny: (...more) => void denials.push(...more),
    onWrite: (hook) => void writeHooks.push(hook),
    intercept: (hook) => void interceptors.push(hook),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function ok(body: Json): StubReply {
  return { status: 200, body };
}

function known(kind: string): KindInfo {
  const info = kindInfo(kind);
  if (info === undefined) throw new Error(`the stub knows no kind ${kind}`);
  return info;
}

/** `/api/v1`, `/apis/apps/v1`, …: the resources of one group version. */
function discovery(path: string, served: Served): StubReply | undefined {
  const match = /^\/(?:api|apis\/([^/]+))\/([^/]+)$/.exec(path);
  if (match === null) return undefined;
  const [, group, version = ''] = match;
  const groupVersion = group === undefined ? version : `${group}/${version}`;
  const here = kinds.filter((info) => served(info) === groupVersion);
  if (here.length === 0) return { status: 404, body: '404 page not found\n' };
  const resources = here.map(({ plural, kind, namespaced }) => ({ name: plural, kind, namespaced }));
  return ok({ kind: 'APIResourceList', groupVersion, resources });
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

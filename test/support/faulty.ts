import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Authorize, createHub, MemoryStore, type RegistryStore } from '../../src/apps/hub/index.ts';

export { basicAccess, parseBasic, ProtocolError } from '../../src/apps/hub/index.ts';

/** Answers a request in the registry's place and returns true, or leaves it to the registry. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

export type SeenRequest = {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly authorization: string | undefined;
};

/** A registry on loopback that can be told to misbehave. */
export type FaultyRegistry = {
  /** `host:port`, as it stands in an image reference. */
  readonly authority: string;
  readonly port: number;
  readonly store: RegistryStore;
  /** Every request that arrived. */
  readonly seen: readonly SeenRequest[];
  /** Replaces the fault; nothing goes wrong without one. */
  fault: Fault | undefined;
  close(): Promise<void>;
};

/** Starts one; plain HTTP unless it is given a certificate. */
export async function startFaultyRegistry(
  options: {
    /** With `ca`, clients must show a certificate of that authority. */
    readonly tls?: { readonly cert: string; readonly key: string; readonly ca?: string };
    readonly authorize?: Authorize;
    readonly fault?: Fault;
  } = {},
): Promise<FaultyRegistry> {
  const store = new MemoryStore();
  const hub = createHub({ store, ...(options.authorize && { authorize: options.authorize }) });
  const seen: SeenRequest[] = [];
  const server =
    options.tls === undefined
      ? createHttpServer()
      : createHttpsServer({ ...options.tls, requestCert: options.tls.ca !== undefined });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', headers } = request;
    seen.push({ method, path: url, authorization: headers.authorization });
    if (registry.fault?.(request, response) !== true) void hub.handler(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const registry: FaultyRegistry = {
    authority: `127.0.0.1:${port}`,
    port,
    store,
    seen,
    fault: options.fault,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return registry;
}

/** Answers with a status, headers and a body. */
export function answer(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: string | Uint8Array = '',
): true {
  response.writeHead(status, headers);
  response.end(body);
  return true;
}

import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Hub } from './hub.ts';

export type ListenOptions = {
  readonly hub: Hub;
  /** Address to bind to, for example `127.0.0.1`. */
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** PEM; without it plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string };
};

export type ListeningHub = {
  /** `host:port`, as it stands in an image reference. */
  readonly authority: string;
  readonly url: string;
  readonly port: number;
  /** Stops listening and cuts open connections. */
  close(): Promise<void>;
};

/** Serves a hub on a socket of its own. Rejects when the address cannot be bound. */
export async function listenHub({ hub, host, port, tls }: ListenOptions): Promise<ListeningHub> {
  const server = tls === undefined ? createHttpServer() : createHttpsServer({ ...tls });
  server.on('request', (request, response) => void hub.handler(request, response));
  server.listen(port, host);
  await once(server, 'listening');
  const bound = (server.address() as AddressInfo).port;
  const authority = `${host.includes(':') ? `[${host}]` : host}:${bound}`;
  return {
    authority,
    url: `${tls === undefined ? 'http' : 'https'}://${authority}`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

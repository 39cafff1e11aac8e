import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** An HTTP proxy that people have at their desks: it reaches what the nodes do not. */
export type WebProxy = {
  readonly url: string;
  close(): Promise<void>;
};

export type WebProxyOptions = {
  /** Where it listens; any free port. */
  readonly address: string;
  /** Where a host is, whatever DNS says of it; undefined for a host that nobody knows. */
  readonly find: (host: string) => Promise<{ readonly address: string; readonly port: number } | undefined>;
};

/** Starts a proxy that opens tunnels (CONNECT, RFC 9110 §9.3.6) and nothing else. */
export async function startWebProxy({ address, find }: WebProxyOptions): Promise<WebProxy> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on('connection', keep);
  const open = async (target: string, client: Socket, head: Buffer): Promise<void> => {
    const place = await find(target.replace(/:\d+$/, ''));
    if (place === undefined) return void client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const upstream = connect(place.port, place.address);
    keep(upstream);
    await once(upstream, 'connect');
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    upstream.write(head);
    upstream.pipe(client).pipe(upstream);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  };
  server.on('connect', (request, client: Socket, head: Buffer) => {
    open(request.url ?? '', client, head).catch(() => client.destroy());
  });
  server.listen(0, address);
  await once(server, 'listening');
  return {
    url: `http://${address}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

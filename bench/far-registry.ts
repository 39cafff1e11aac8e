/** A way to a registry on loopback that is as far, and as bad, as a bench wants it, and counts what goes over it. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type Way = {
  /** Milliseconds from a request to the earliest answer. */
  readonly roundTripMs: number;
  /** Each connection is cut after so many bytes from the registry. */
  readonly cutAfterBytes?: number;
};

/** What went over a way. */
export type Traffic = {
  /** Bytes to the registry and from it, with the heads of requests and replies. */
  sent: number;
  received: number;
  /** GETs of manifests, which registries count as pulls. */
  manifestGets: number;
};

export type FarRegistry = {
  readonly authority: string;
  readonly traffic: Traffic;
  close(): void;
};

/** A request stands at the start of what one write of a client brings, or after another request without a body. */
const manifestGet = /(?:^|\r\n\r\n)GET \/v2\/\S+\/manifests\//g;

export async function farRegistry(
  authority: string,
  { roundTripMs, cutAfterBytes = Infinity }: Way,
): Promise<FarRegistry> {
  const port = Number(authority.split(':').at(-1));
  const traffic: Traffic = { sent: 0, received: 0, manifestGets: 0 };
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const distant = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    for (const socket of [near, distant]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    }
    let left = cutAfterBytes;
    late(near, distant, roundTripMs / 2, (chunk) => {
      traffic.sent += chunk.byteLength;
      traffic.manifestGets += chunk.toString('latin1').match(manifestGet)?.length ?? 0;
    });
    late(distant, near, roundTripMs / 2, (chunk) => {
      traffic.received += chunk.byteLength;
      left -= chunk.byteLength;
      if (left > 0) return;
      near.resetAndDestroy();
      distant.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    authority: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    traffic,
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** Hands on what comes, a while later, in order; the registry waits when the other end does not read. */
function late(from: Socket, to: Socket, waitMs: number, seen: (chunk: Buffer) => void): void {
  const hand = (work: () => void): void => {
    if (waitMs === 0) work();
    else setTimeout(work, waitMs);
  };
  from.on('data', (chunk) => {
    seen(chunk);
    hand(() => {
      if (to.destroyed || to.write(chunk)) return;
      from.pause();
      to.once('drain', () => from.resume());
    });
  });
  from.on('end', () => hand(() => to.end()));
  from.on('error', () => to.destroy());
  from.on('close', () => hand(() => to.destroy()));
}

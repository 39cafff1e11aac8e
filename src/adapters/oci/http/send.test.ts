import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { defaultLimits } from '../options.ts';
import { Connections } from './connections.ts';
import { Sender } from './send.ts';

const head = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n';
const open: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((it) => it.close()));
});

/** A server that answers each request with what `reply` says; it counts its connections. */
async function start(reply: (method: string) => string) {
  const sockets = new Set<Socket>();
  const counted = { connections: 0 };
  const server = createServer((socket) => {
    counted.connections += 1;
    sockets.add(socket.on('error', () => undefined));
    socket.on('data', (bytes) => {
      for (const [, method = ''] of String(bytes).matchAll(/^([A-Z]+) \S+ HTTP/gm))
        socket.write(reply(method));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  const connections = new Connections({}, defaultLimits);
  open.push(connections);
  const sender = new Sender(connections, defaultLimits);
  const { port } = server.address() as AddressInfo;
  const send = async (method: 'HEAD' | 'GET'): Promise<string> => {
    const url = new URL(`http://127.0.0.1:${port}/v2/`);
    const reply = await sender.send({ url, method, headers: {}, reach: 'any', who: url.host });
    return await text(reply.body);
  };
  return { send, counted };
}

test('an abort ends a request that has no connection yet, and may never get one', async () => {
  // The name never resolves.
  const connections = new Connections({ resolve: () => undefined }, defaultLimits);
  open.push(connections);
  const stop = new AbortController();
  const url = new URL('http://silent.test/v2/');
  const sent = new Sender(connections, defaultLimits).send({
    url,
    headers: {},
    reach: 'any',
    who: url.host,
    signal: stop.signal,
  });
  setTimeout(() => stop.abort(new Error('stopped')), 20);
  const started = performance.now();
  await expect(sent).rejects.toThrow('stopped');
  expect(performance.now() - started).toBeLessThan(defaultLimits.connectMs / 2);
});

describe('HEAD', () => {
  test('leaves the connection to the next request', async () => {
    const { send, counted } = await start((method) => (method === 'HEAD' ? head : `${head}hello`));
    for (const method of ['HEAD', 'HEAD', 'GET', 'HEAD', 'HEAD', 'HEAD'] as const) {
      expect(await send(method)).toBe(method === 'GET' ? 'hello' : '');
    }
    // The first may still be busy with its end when the second is asked for.
    expect(counted.connections).toBeLessThanOrEqual(2);
  });

  test('of a host that sends a body with it closes the connection, once that is known', async () => {
    const { send, counted } = await start(() => `${head}hello`);
    const outcomes = [];
    for (let at = 0; at < 6; at++) outcomes.push(await send('HEAD').catch(() => 'misread'));
    expect(outcomes.filter((it) => it === 'misread').length).toBeLessThanOrEqual(1);
    expect(outcomes.slice(2)).toEqual(['', '', '', '']);
    expect(counted.connections).toBeGreaterThanOrEqual(4);
  });
});

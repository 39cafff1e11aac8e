import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { decode, encode, type Packet, streamDecode, streamEncode } from 'dns-packet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DnsServer, startDnsServer } from './dns-server.ts';

let server: DnsServer;
let resolver: Resolver;

beforeAll(async () => {
  server = await startDnsServer('127.0.0.1', 0, (name) => {
    if (name === 'quay.io') return { address: '10.89.0.102' };
    return name === 'broken.lab' ? 'servfail' : 'nxdomain';
  });
  resolver = new Resolver();
  resolver.setServers([`127.0.0.1:${server.port}`]);
});
afterAll(() => server.close());

describe('a real resolver', () => {
  test('sees the address, in any case of letters', async () => {
    expect(await resolver.resolve4('quay.io')).toEqual(['10.89.0.102']);
    expect(await resolver.resolve4('QUAY.io')).toEqual(['10.89.0.102']);
  });
  test.each([
    ['an empty answer for AAAA', () => resolver.resolve6('quay.io'), 'ENODATA'],
    ['NXDOMAIN', () => resolver.resolve4('example.com'), 'ENOTFOUND'],
    ['NXDOMAIN for AAAA too', () => resolver.resolve6('example.com'), 'ENOTFOUND'],
    ['SERVFAIL', () => resolver.resolve4('broken.lab'), 'ESERVFAIL'],
  ])('sees %s', async (_, ask, code) => {
    await expect(ask()).rejects.toMatchObject({ code });
  });
});

const QUERY: Packet = { type: 'query', id: 7, flags: 0x0100, questions: [{ type: 'A', name: 'quay.io' }] };

test('over TCP, several questions on one connection, even in pieces', async () => {
  const socket = connect(server.port, '127.0.0.1');
  const received: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => received.push(chunk));
  const message = streamEncode(QUERY);
  socket.write(message);
  socket.write(message.subarray(0, 5));
  socket.write(message.subarray(5));
  const size = message.length + 'c0 0c ttl data'.length;
  while (Buffer.concat(received).length < size) await once(socket, 'data');
  const reply = streamDecode(Buffer.concat(received));
  expect(reply).toMatchObject({ id: 7, rcode: 'NOERROR', answers: [{ data: '10.89.0.102', ttl: 0 }] });
  socket.destroy();
});

test('what is no DNS message is ignored', async () => {
  const socket = createSocket('udp4');
  socket.send(Buffer.from('nonsense'), server.port, '127.0.0.1');
  socket.send(encode(QUERY), server.port, '127.0.0.1');
  const [reply] = (await once(socket, 'message')) as [Buffer];
  expect(decode(reply).id).toBe(7);
  socket.close();
});

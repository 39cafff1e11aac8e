import { request } from 'node:https';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createAuthority } from '../../upstreams/net/authority.ts';
import type { ApiRule } from '../file/index.ts';
import { startApiProxy, type ApiProxy } from './api-proxy.ts';

const ADDRESS = '127.0.0.1';
const RULE = { verb: 'write', resource: '*', skip: 0 } as const satisfies Partial<ApiRule>;
const PODS = '/api/v1/namespaces/shop/pods';

let real: Server;
let seen: string[];
let proxy: ApiProxy;
let pair: { readonly cert: string; readonly key: string };
let ca: string;

beforeAll(async () => {
  const authority = await createAuthority('test');
  ca = authority.certificate;
  pair = await authority.issue(ADDRESS);
  real = createServer({ ...pair, ca, requestCert: true, rejectUnauthorized: false }, (asked, reply) => {
    const { authorization = 'certificate' } = asked.headers;
    seen.push(`${asked.method} ${asked.url} ${authorization}`);
    reply.end('done');
  });
  real.listen(0, ADDRESS);
  await once(real, 'listening');
});
afterAll(() => {
  real.close();
  real.closeAllConnections();
});
beforeEach(async () => {
  seen = [];
  const { port } = real.address() as AddressInfo;
  const client = { cert: Buffer.from(pair.cert), key: Buffer.from(pair.key) };
  const server = `https://${ADDRESS}:${port}`;
  proxy = await startApiProxy({ address: ADDRESS, certificate: pair, server, ca: Buffer.from(ca), client });
});
afterEach(() => proxy.close());

async function ask(method: string, path: string, headers = {}): Promise<string> {
  const asked = request(proxy.url + path, { method, ca, headers, agent: false });
  asked.end();
  const [reply] = (await once(asked, 'response')) as [Parameters<typeof text>[0] & { statusCode: number }];
  return `${reply.statusCode} ${await text(reply)}`;
}

test('hands on what no rule is about, with the token of the one who asks', async () => {
  await proxy.setRules([]);
  expect(await ask('GET', PODS, { authorization: 'Bearer t' })).toBe('200 done');
  expect(await ask('POST', PODS)).toBe('200 done');
  expect(seen).toEqual([`GET ${PODS} Bearer t`, `POST ${PODS} certificate`]);
  expect(proxy.writes()).toBe(1);
});

test('refuses the second write as the API server would', async () => {
  await proxy.setRules([{ ...RULE, skip: 1, times: 1, do: { status: 409, message: 'somebody was faster' } }]);
  expect(await ask('DELETE', `${PODS}/one`)).toBe('200 done');
  const refused = await ask('DELETE', `${PODS}/one`);
  expect(refused).toMatch(/^409 .*"message":"somebody was faster","reason":"Conflict"/);
  expect(await ask('DELETE', `${PODS}/one`)).toBe('200 done');
  expect(seen).toHaveLength(2);
});

test('loses the answer of what was done', async () => {
  await proxy.setRules([{ ...RULE, do: 'lose-answer' }]);
  await expect(ask('DELETE', `${PODS}/one`)).rejects.toThrow();
  expect(seen).toHaveLength(1);
});

test('is gone after a write until it is told otherwise', async () => {
  await proxy.setRules([{ ...RULE, do: 'gone-after' }]);
  expect(await ask('DELETE', `${PODS}/one`)).toBe('200 done');
  await expect.poll(() => ask('GET', PODS).catch((error: Error) => error.message)).toContain('ECONNREFUSED');
  await proxy.setRules([]);
  expect(await ask('GET', PODS)).toBe('200 done');
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  answer,
  basicAccess,
  parseBasic,
  ProtocolError,
  startFaultyRegistry,
  type Fault,
  type FaultyRegistry,
} from '../../../../test/support/faulty.ts';
import { makeImage, pushToStore } from '../../../../test/support/images.ts';
import { parseReference } from '../../../core/image/index.ts';
import { createRegistryClient, type Credentials, type RegistryClient } from '../index.ts';
import { readChallenge } from './challenge.ts';

const robot: Credentials = { type: 'basic', username: 'robot', password: 'secret' };

let registry: FaultyRegistry;
let service: FaultyRegistry;
let client: RegistryClient;
let now = 0;
/** Tokens that the registry accepts; the service gives out `token-<n>`. */
let valid: Set<string>;
let lifetime: number | undefined;
let askedFor: URLSearchParams[] = [];

beforeEach(async () => {
  [now, valid, lifetime, askedFor] = [1_000_000, new Set(), 300, []];
  service = await startFaultyRegistry({ fault: giveToken });
  registry = await startFaultyRegistry({
    authorize({ authorization }) {
      if (valid.has(authorization ?? '')) return;
      const challenge = `Bearer realm="http://${service.authority}/token",service="the service",scope="placeholder"`;
      throw new ProtocolError('UNAUTHORIZED', { headers: { 'www-authenticate': challenge } });
    },
  });
  await pushToStore(registry.store, 'acme/web', '1', await makeImage({ seed: 'w' }));
  client = clientOf(robot);
});
afterEach(async () => {
  await client.close();
  await registry.close();
  await service.close();
});

const giveToken: Fault = (request, response) => {
  askedFor.push(new URL(request.url ?? '', 'http://x').searchParams);
  const given = parseBasic(request.headers.authorization);
  if (given !== undefined && given.password !== 'secret') return answer(response, 401);
  const token = `token-${askedFor.length}`;
  if (given !== undefined) valid.add(`Bearer ${token}`);
  return answer(response, 200, {}, JSON.stringify({ access_token: token, expires_in: lifetime }));
};

function clientOf(credentials: Credentials | undefined) {
  return createRegistryClient({
    hosts: { [registry.authority]: { plainHttp: true } },
    credentials: { find: async () => credentials },
    limits: { retries: 0 },
    now: () => now,
  });
}

function probe() {
  return client.probe(parseReference(`${registry.authority}/acme/web:1`));
}

describe('token flow', () => {
  test('asks for the scope that is needed, not the one that is named', async () => {
    expect((await probe()).outcome).toBe('works');
    expect(Object.fromEntries(askedFor[0] ?? [])).toEqual({
      service: 'the service',
      scope: 'repository:acme/web:pull',
    });
    expect(registry.seen.map(({ authorization }) => authorization)).toEqual([
      undefined,
      'Bearer token-1',
      'Bearer token-1',
    ]);
  });

  test('keeps the token until shortly before its end', async () => {
    await probe();
    now += 280_000;
    await probe();
    expect(askedFor).toHaveLength(1);
    now += 15_000;
    expect((await probe()).outcome).toBe('works');
    expect(askedFor).toHaveLength(2);
    expect(registry.seen.map(({ authorization }) => authorization)).toEqual([
      undefined,
      // Each looks for the index, and for one of its manifests.
      ...Array.from({ length: 4 }, () => 'Bearer token-1'),
      ...Array.from({ length: 2 }, () => 'Bearer token-2'),
    ]);
  });

  test('a token without a lifetime lives for a minute', async () => {
    lifetime = undefined;
    await probe();
    now += 61_000;
    await probe();
    expect(askedFor).toHaveLength(2);
  });

  test('a token that is refused before its end is renewed once', async () => {
    await probe();
    valid.clear();
    expect((await probe()).outcome).toBe('works');
    expect(askedFor).toHaveLength(2);
  });

  test('many at a time ask for one token', async () => {
    await probe();
    now += 1_000_000;
    await Promise.all([probe(), probe(), probe(), probe()]);
    expect(askedFor).toHaveLength(2);
  });

  test('a token without rights is not asked for again and again', async () => {
    client = clientOf(undefined);
    expect((await probe()).outcome).toBe('unauthorized');
    expect(askedFor).toHaveLength(1);
    expect(registry.seen).toHaveLength(2);
  });

  test('a refused password', async () => {
    client = clientOf({ ...robot, password: 'wrong-password' });
    const found = await probe();
    expect(found.outcome).toBe('unauthorized');
    expect(found.detail).toBe(`GET http://${service.authority}/token → 401`);
    expect(JSON.stringify(found)).not.toContain('wrong-password');
  });

  test('an identity token is sent in a form', async () => {
    client = clientOf({ type: 'identity-token', token: 'refresh' });
    let body = '';
    service.fault = (request, response) => {
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        valid.add('Bearer t');
        answer(response, 200, {}, '{"access_token":"t"}');
      });
      return true;
    };
    expect((await probe()).outcome).toBe('works');
    expect(service.seen[0]?.method).toBe('POST');
    expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'refresh',
      scope: 'repository:acme/web:pull',
    });
  });

  test.each([
    ['limits', 429, {}, '', 'rate-limited'],
    ['fails', 502, {}, '', 'server-error'],
    ['redirects', 302, { location: 'http://127.0.0.1:1/' }, '', 'not-a-registry'],
    ['is a web page', 200, {}, '<html>', 'not-a-registry'],
    ['sends too much', 200, {}, 'x'.repeat(300_000), 'not-a-registry'],
  ])('a service that %s', async (_, status, headers, body, outcome) => {
    service.fault = (_request, response) => answer(response, status, headers, body);
    expect((await probe()).outcome).toBe(outcome);
  });

  test.each([
    ['no URL', 'nowhere', /a place that is no URL/],
    ['another protocol', 'file:///etc/passwd', /not https/],
    ['a user', 'http://a:b@127.0.0.1/', /with a user in it/],
  ])('a realm with %s is not asked', async (_, realm, detail) => {
    registry.fault = (_request, response) =>
      answer(response, 401, { 'www-authenticate': `Bearer realm="${realm}"` });
    const found = await probe();
    expect([found.outcome, detail.test(found.detail)]).toEqual(['unauthorized', true]);
    expect(found.detail).not.toContain('a:b');
  });
});

describe('passwords', () => {
  test('are sent only after the registry has asked', async () => {
    const basic = await startFaultyRegistry({
      authorize: basicAccess({ username: 'robot', password: 'secret' }),
    });
    await pushToStore(basic.store, 'web', '1', await makeImage({ seed: 'w', multiArch: false }));
    const own = createRegistryClient({
      hosts: { [basic.authority]: { plainHttp: true } },
      credentials: { find: async () => robot },
    });
    const found = await own.probe(parseReference(`${basic.authority}/web:1`));
    expect(found.outcome).toBe('works');
    expect(basic.seen.map(({ authorization }) => authorization !== undefined)).toEqual([false, true, true]);
    await own.close();
    await basic.close();
  });

  test('that cannot be had are told with the probe', async () => {
    const find = () => Promise.reject(new Error('helper is locked'));
    const found = await client.probe(parseReference(`${registry.authority}/acme/web:1`), {
      credentials: { find },
    });
    expect(found.outcome).toBe('unauthorized');
    expect(found.detail).toBe(`credentials for ${registry.authority} → helper is locked`);
  });

  test('a 401 that asks for nothing', async () => {
    registry.fault = (_request, response) => answer(response, 401);
    expect((await probe()).outcome).toBe('unauthorized');
  });
});

describe('readChallenge', () => {
  test.each([
    [['Bearer realm="https://a/t",service="s"'], { scheme: 'bearer', realm: 'https://a/t', service: 's' }],
    [
      ['Basic realm="x", Bearer realm="https://a/t"'],
      { scheme: 'bearer', realm: 'https://a/t', service: undefined },
    ],
    [['bearer REALM=https://a/t'], { scheme: 'bearer', realm: 'https://a/t', service: undefined }],
    [['Basic realm="say \\"hi\\", Bearer"'], { scheme: 'basic' }],
    [['Bearer service="s"', 'Basic'], { scheme: 'basic' }],
    [['Negotiate'], undefined],
    [[], undefined],
  ])('%j', (headers, challenge) => {
    expect(readChallenge(headers)).toEqual(challenge);
  });
});

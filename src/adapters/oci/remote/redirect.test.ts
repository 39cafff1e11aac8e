import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  answer,
  basicAccess,
  startFaultyRegistry,
  type FaultyRegistry,
} from '../../../../test/support/faulty.ts';
import { makeImage, pushToStore } from '../../../../test/support/images.ts';
import { parseReference } from '../../../core/image/index.ts';
import { createRegistryClient, type Keychain, type RegistryClient } from '../index.ts';

const robot: Keychain = { find: async () => ({ type: 'basic', username: 'robot', password: 'secret' }) };

let registry: FaultyRegistry;
let storage: FaultyRegistry;
let client: RegistryClient;

beforeEach(async () => {
  registry = await startFaultyRegistry({ authorize: basicAccess({ username: 'robot', password: 'secret' }) });
  storage = await startFaultyRegistry();
  const hosts = { [registry.authority]: { plainHttp: true } };
  client = createRegistryClient({ hosts, credentials: robot, limits: { retries: 0 } });
});
afterEach(async () => {
  await client.close();
  await registry.close();
  await storage.close();
});

function probe(rest: string) {
  return client.probe(parseReference(`${registry.authority}/${rest}`));
}

describe('redirects', () => {
  test('to another host go without the password', async () => {
    const image = await makeImage({ seed: 'r', multiArch: false });
    await pushToStore(registry.store, 'web', '1', image);
    await pushToStore(storage.store, 'web', '1', image);
    registry.fault = (request, response) =>
      request.headers.authorization !== undefined && (request.url ?? '').includes('/blobs/')
        ? answer(response, 307, { location: `http://user:pass@${storage.authority}${request.url}?sig=abc` })
        : false;
    expect((await probe('web:1')).outcome).toBe('works');
    expect(storage.seen).toHaveLength(1);
    expect(storage.seen[0]?.authorization).toBeUndefined();
    expect(registry.seen.some(({ authorization }) => authorization !== undefined)).toBe(true);
  });

  test('within the registry keep it', async () => {
    await pushToStore(registry.store, 'library/web', '1', await makeImage({ seed: 'r' }));
    registry.fault = (request, response) =>
      request.url?.startsWith('/v2/web/') === true
        ? answer(response, 301, { location: request.url.replace('/v2/web/', '/v2/library/web/') })
        : false;
    expect((await probe('web:1')).outcome).toBe('works');
  });

  test('show no query: it holds signatures', async () => {
    storage.fault = (_request, response) => answer(response, 404);
    registry.fault = (_request, response) =>
      answer(response, 302, { location: `http://${storage.authority}/x?X-Amz-Signature=abc` });
    expect((await probe('web:1')).detail).toBe(`GET http://${storage.authority}/x → 404`);
  });

  test.each([
    ['in a ring', (path: string) => path, /too many redirects/],
    ['to another protocol', () => 'ftp://127.0.0.1/x', /302 to ftp:\/\/, refused/],
    ['to nowhere', () => 'http://[', /302 without a place to go/],
    ['without a place', () => '', /302 without a place to go/],
  ])('%s end', async (_, location, detail) => {
    registry.fault = (request, response) => answer(response, 302, { location: location(request.url ?? '') });
    const found = await probe('web:1');
    expect(found.outcome).toBe('server-error');
    expect(found.detail).toMatch(detail);
  });
});

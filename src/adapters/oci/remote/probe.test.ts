import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, startFaultyRegistry, type FaultyRegistry } from '../../../../test/support/faulty.ts';
import { makeImage, pushToStore } from '../../../../test/support/images.ts';
import { parseReference } from '../../../core/image/index.ts';
import { createRegistryClient, type Limits, type RegistryClient } from '../index.ts';

const quick: Partial<Limits> = {
  headersMs: 300,
  idleMs: 300,
  documentMs: 700,
  connectMs: 1000,
  retryPauseMs: 1,
};

let registry: FaultyRegistry;
let client: RegistryClient;

beforeEach(async () => {
  registry = await startFaultyRegistry();
  client = clientOf(quick);
});
afterEach(async () => {
  await client.close();
  await registry.close();
});

function clientOf(limits: Partial<Limits>) {
  return createRegistryClient({ hosts: { [registry.authority]: { plainHttp: true } }, limits });
}

function reference(rest: string) {
  return parseReference(`${registry.authority}/${rest}`);
}

function probe(rest: string, platforms: readonly string[] = []) {
  return client.probe(reference(rest), { platforms });
}

const manifestPath = /\/manifests\//;

describe('a copy that works', () => {
  test('an index: digest, platforms, and the digest of each', async () => {
    const image = await makeImage({ seed: 'web' });
    await pushToStore(registry.store, 'acme/web', '1.0', image);
    const found = await probe('acme/web:1.0', ['linux/amd64', 'linux/arm64/v8']);
    expect(found).toMatchObject({
      reference: `${registry.authority}/acme/web:1.0`,
      outcome: 'works',
      digest: image.digest,
      mediaType: image.mediaType,
      platforms: ['linux/amd64', 'linux/arm64'],
    });
    expect(Object.values(found.platformDigests)).toEqual(image.manifests.map(({ digest }) => digest));
    expect(found.detail).toBe(
      `GET http://${registry.authority}/v2/acme/web/manifests/1.0 → 200 ${image.mediaType}`,
    );
  });

  test('a single image: its platform is in its config', async () => {
    const image = await makeImage({
      seed: 'one',
      multiArch: false,
      format: 'docker',
      platforms: ['linux/arm/v6'],
    });
    await pushToStore(registry.store, 'one', 'x', image);
    expect(await probe('one:x', ['linux/arm/v7'])).toMatchObject({
      outcome: 'works',
      digest: image.digest,
      platforms: ['linux/arm/v6'],
      platformDigests: {},
    });
  });

  test('by digest', async () => {
    const image = await makeImage({ seed: 'pinned' });
    await pushToStore(registry.store, 'pinned', undefined, image);
    const found = await probe(`pinned:gone@${image.digest}`);
    expect([found.outcome, found.digest]).toEqual(['works', image.digest]);
  });
});

describe('a copy that lacks something', () => {
  test('a platform that the index does not list', async () => {
    await pushToStore(registry.store, 'web', '1', await makeImage({ seed: 'w', platforms: ['linux/amd64'] }));
    const found = await probe('web:1', ['linux/amd64', 'linux/arm64']);
    expect(found.outcome).toBe('platform-missing');
    expect(found.digest).toBeDefined();
    expect(found.detail).toContain('; no linux/arm64, only linux/amd64');
  });

  test('a platform that the index lists and the registry does not have', async () => {
    const image = await makeImage({ seed: 'w' });
    await pushToStore(registry.store, 'web', '1', image);
    await registry.store.deleteManifest('web', image.manifests[1]?.digest ?? '');
    expect((await probe('web:1', ['linux/amd64'])).outcome).toBe('works');
    const found = await probe('web:1', ['linux/arm64']);
    expect([found.outcome, found.platforms]).toEqual(['platform-missing', ['linux/amd64']]);
  });

  test('the image', async () => {
    const found = await probe('nothing:1');
    expect(found.outcome).toBe('absent');
    expect(found.detail).toContain('/v2/nothing/manifests/1 → 404 ');
    expect([found.platforms, found.platformDigests]).toEqual([[], {}]);
  });
});

describe('what is no registry', () => {
  test.each([
    ['a web page', 'text/html; charset=utf-8', '<html>Harbor</html>'],
    ['JSON for everything', 'application/json', '{}'],
    ['nothing', '', ''],
    ['a manifest that is none', 'application/vnd.oci.image.manifest.v1+json', '{"schemaVersion":2}'],
    ['schema 1', 'application/vnd.docker.distribution.manifest.v1+prettyjws', '{"schemaVersion":1}'],
  ])('200 with %s', async (_, type, body) => {
    registry.fault = (_request, response) =>
      answer(response, 200, type === '' ? {} : { 'content-type': type }, body);
    const found = await probe('web:1');
    expect(found.outcome).toBe('not-a-registry');
    expect(found.detail).toContain(`→ 200 ${type.split(';')[0] || 'without a media type'}`);
  });

  test('a body without end', async () => {
    client = clientOf({ ...quick, manifestBytes: 1000 });
    registry.fault = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.oci.image.index.v1+json' });
      const more = () => void (response.writableEnded || response.write('x'.repeat(600), more));
      response.on('error', () => undefined).on('close', () => response.end());
      more();
      return true;
    };
    const found = await probe('web:1');
    expect(found.outcome).toBe('not-a-registry');
    expect(found.detail).toContain('more than 1000 bytes');
  });
});

describe('a copy that is not what it says', () => {
  test('other bytes than the pinned digest', async () => {
    const [image, other] = [await makeImage({ seed: 'a' }), await makeImage({ seed: 'b' })];
    registry.fault = (_request, response) =>
      answer(response, 200, { 'content-type': other.mediaType }, other.bytes);
    const found = await probe(`web@${image.digest}`);
    expect(found.outcome).toBe('digest-mismatch');
    expect(found.detail).toContain(`its digest is ${other.digest}, not ${image.digest}`);
  });

  test('other bytes than the header tells', async () => {
    const [image, other] = [await makeImage({ seed: 'a' }), await makeImage({ seed: 'b' })];
    const headers = { 'content-type': image.mediaType, 'docker-content-digest': other.digest };
    registry.fault = (_request, response) => answer(response, 200, headers, image.bytes);
    expect((await probe('web:1')).outcome).toBe('digest-mismatch');
  });

  test('a config that was changed', async () => {
    const image = await makeImage({ seed: 'a', multiArch: false });
    await pushToStore(registry.store, 'web', '1', image);
    registry.fault = (request, response) =>
      request.url?.includes('/blobs/') ? answer(response, 200, {}, '{}') : false;
    expect((await probe('web:1')).outcome).toBe('digest-mismatch');
  });
});

describe('failures', () => {
  test.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'absent'],
    [429, 'rate-limited'],
    [500, 'server-error'],
    [503, 'server-error'],
    [418, 'not-a-registry'],
  ])('%i is %s', async (status, outcome) => {
    registry.fault = (_request, response) => answer(response, status);
    expect((await probe('web:1')).outcome).toBe(outcome);
    expect(registry.seen).toHaveLength(status >= 500 ? 3 : 1);
  });

  test('429 tells when to ask again, and is not asked again at once', async () => {
    const body = '{"errors":[{"code":"TOOMANYREQUESTS","message":"slow down token=abc123"}]}';
    registry.fault = (_request, response) => answer(response, 429, { 'retry-after': '61' }, body);
    const found = await probe('web:1');
    expect([found.outcome, found.retryAfter]).toEqual(['rate-limited', 61]);
    expect(found.detail).toMatch(/→ 429 TOOMANYREQUESTS: slow down token=\*\*\*$/);
    expect(registry.seen).toHaveLength(1);
  });

  test.each([
    ['a reset', (times: number) => times <= 2, 'works', 4],
    ['resets without end', () => true, 'unreachable', 3],
  ])('%s', async (_, broken, outcome, requests) => {
    await pushToStore(registry.store, 'web', '1', await makeImage({ seed: 'w' }));
    let times = 0;
    registry.fault = (request) => {
      times += 1;
      if (!broken(times)) return false;
      request.socket.resetAndDestroy();
      return true;
    };
    expect((await probe('web:1')).outcome).toBe(outcome);
    expect(times).toBe(requests);
  });

  test('a 503 that passes', async () => {
    await pushToStore(registry.store, 'web', '1', await makeImage({ seed: 'w' }));
    let times = 0;
    registry.fault = (_request, response) => (times++ === 0 ? answer(response, 503) : false);
    expect((await probe('web:1')).outcome).toBe('works');
  });

  test('silence', async () => {
    registry.fault = () => true;
    const found = await probe('web:1');
    expect(found.outcome).toBe('unreachable');
    expect(found.detail).toMatch(/→ no (reply|complete reply) in time$/);
  });

  test('a body that trickles', async () => {
    registry.fault = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.oci.image.index.v1+json' });
      const timer = setInterval(() => response.write(' '), 50);
      response.on('error', () => undefined).on('close', () => clearInterval(timer));
      return true;
    };
    const found = await probe('web:1');
    expect([found.outcome, found.detail.endsWith('→ no complete reply in time')]).toEqual([
      'unreachable',
      true,
    ]);
  });

  test('nobody listens: told at once for the next image too', async () => {
    await registry.close();
    expect((await probe('web:1')).detail).toMatch(/→ connection refused$/);
    expect((await probe('other:1')).detail).toMatch(/other\/manifests\/1 → connection refused$/);
  });

  test('the stop of the caller is an error, not a finding', async () => {
    const stop = new AbortController();
    registry.fault = () => {
      stop.abort(new Error('stopped'));
      return true;
    };
    await expect(client.probe(reference('web:1'), { signal: stop.signal })).rejects.toThrow('stopped');
  });

  test('the caller may bound the time', async () => {
    registry.fault = () => true;
    const found = await client.probe(reference('web:1'), { signal: AbortSignal.timeout(50) });
    expect(found.outcome).toBe('unreachable');
  });
});

test.each([
  ['to one host', { perHost: 2 }, 2],
  ['to all hosts', { inAll: 1 }, 1],
])('not more than so many requests at one time %s', async (_, limits, bound) => {
  await pushToStore(registry.store, 'web', '1', await makeImage({ seed: 'w', platforms: ['linux/amd64'] }));
  client = clientOf(limits);
  let now = 0;
  let most = 0;
  registry.fault = (_request, response) => {
    now += 1;
    most = Math.max(most, now);
    response.on('close', () => (now -= 1));
    return false;
  };
  const found = await Promise.all(Array.from({ length: 12 }, () => probe('web:1', ['linux/amd64'])));
  expect(found.every(({ outcome }) => outcome === 'works')).toBe(true);
  expect(most).toBeLessThanOrEqual(bound);
  expect(registry.seen.every(({ path }) => manifestPath.test(path))).toBe(true);
});

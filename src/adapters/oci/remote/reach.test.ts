import { afterEach, beforeEach, expect, test } from 'vitest';
import { answer, startFaultyRegistry, type FaultyRegistry } from '../../../../test/support/faulty.ts';
import { parseReference } from '../../../core/image/index.ts';
import { createRegistryClient, type RegistryClient } from '../index.ts';

const type = 'application/vnd.oci.image.manifest.v1+json';
const blob = `sha256:${'a'.repeat(64)}`;

let registry: FaultyRegistry;
let client: RegistryClient;

beforeEach(async () => {
  registry = await startFaultyRegistry();
  client = createRegistryClient({ hosts: { [registry.authority]: { plainHttp: true } } });
});

afterEach(async () => {
  await client.close();
  await registry.close();
});

async function reach(withBlob = false) {
  return await client.reach(parseReference(`${registry.authority}/acme/app:1`), withBlob ? { blob } : {});
}

test('asks for the head of a manifest and the first byte of a blob, once each, and pulls nothing', async () => {
  registry.fault = ({ method, headers }, response) =>
    method === 'HEAD'
      ? answer(response, 200, { 'content-type': type, 'docker-content-digest': blob })
      : answer(response, headers.range === 'bytes=0-0' ? 206 : 500, {}, 'x');
  const found = await reach(true);
  expect(found.breaksAt).toBeUndefined();
  expect(found.digest).toBe(blob);
  expect(found.steps.map(({ step, result }) => `${step} ${result}`)).toEqual([
    'dns ok',
    'tcp ok',
    'auth ok',
    'manifest ok',
    'platform unknown',
    'blob ok',
  ]);
  expect(registry.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'HEAD /v2/acme/app/manifests/1',
    `GET /v2/acme/app/blobs/${blob}`,
  ]);
});

test.each([
  [401, 'auth', 'unauthorized'],
  [403, 'auth', 'forbidden'],
  [404, 'manifest', 'absent'],
  [503, 'manifest', 'server-error'],
])('%i breaks at %s and is asked once', async (status, step, outcome) => {
  registry.fault = (_request, response) => answer(response, status);
  expect(await reach()).toMatchObject({ breaksAt: step, outcome });
  expect(registry.seen.map(({ method }) => method)).toEqual(['HEAD']);
});

test('a web page is no manifest, a 429 tells its time, content that is blocked is told', async () => {
  registry.fault = (_request, response) => answer(response, 200, { 'content-type': 'text/html' });
  expect(await reach()).toMatchObject({ breaksAt: 'manifest', outcome: 'not-a-registry' });
  registry.fault = ({ method }, response) =>
    method === 'HEAD' ? answer(response, 200, { 'content-type': type }) : answer(response, 403);
  expect(await reach(true)).toMatchObject({ breaksAt: 'blob' });
  // Last: whoever was told to wait is not asked again.
  registry.fault = (_request, response) => answer(response, 429, { 'retry-after': '90' });
  expect(await reach()).toMatchObject({ breaksAt: 'manifest', outcome: 'rate-limited', retryAfter: 90 });
  const asked = registry.seen.length;
  expect(await reach()).toMatchObject({ outcome: 'rate-limited' });
  expect(registry.seen.length).toBe(asked);
});

test('a name, a port and a certificate that break are told as such', async () => {
  const at = async (name: string) => (await client.reach(parseReference(`${name}/acme/app:1`))).breaksAt;
  expect(await at('registry.invalid')).toBe('dns');
  expect(await at('127.0.0.1:1')).toBe('tcp');
  // It speaks HTTP where HTTPS is expected.
  const other = createRegistryClient();
  try {
    expect((await other.reach(parseReference(`${registry.authority}/acme/app:1`))).breaksAt).toBe('tls');
  } finally {
    await other.close();
  }
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, startFaultyRegistry, type FaultyRegistry } from '../../../../test/support/faulty.ts';
import { isError } from '../../../core/base/index.ts';
import { digestOf, mediaType } from '../../../core/image/index.ts';
import { createRegistryClient, type ImageRepository, type RegistryClient } from '../index.ts';

let registry: FaultyRegistry;
let client: RegistryClient;
let app: ImageRepository;
const subject = digestOf(Buffer.from('subject'));

beforeEach(async () => {
  registry = await startFaultyRegistry();
  client = createRegistryClient({ hosts: { [registry.authority]: { plainHttp: true } } });
  app = client.repository({ registry: registry.authority, repository: 'acme/app' });
});
afterEach(async () => {
  await client.close();
  await registry.close();
});

function listOf(...names: readonly string[]): string {
  const manifests = names.map((name) => ({
    mediaType: mediaType.ociManifest,
    digest: digestOf(Buffer.from(name)),
    size: 7,
    artifactType: name,
  }));
  return JSON.stringify({ schemaVersion: 2, manifests });
}

const ofIndex = { 'content-type': mediaType.ociIndex };

describe('referrers', () => {
  test('come from the API, page by page, and pages of other hosts are not followed', async () => {
    registry.fault = (request, response) => {
      const url = request.url ?? '';
      if (!url.startsWith(`/v2/acme/app/referrers/${subject}`)) return false;
      if (url.includes('page=2')) return answer(response, 200, ofIndex, listOf('two'));
      const link = `<https://elsewhere.test/v2/steal?page=2>; rel="next"`;
      return answer(response, 200, { ...ofIndex, link }, listOf('one'));
    };
    const found = await app.listReferrers(subject);
    expect(found.map(({ artifactType }) => artifactType)).toEqual(['one', 'two']);
  });

  test('pages without end are refused', async () => {
    registry.fault = (request, response) =>
      (request.url ?? '').includes('/referrers/') &&
      answer(response, 200, { ...ofIndex, link: '<?page=x>; rel="next"' }, listOf('one'));
    await expect(app.listReferrers(subject)).rejects.toSatisfy((error) =>
      isError(error, 'PM_MIRROR_NOT_A_REGISTRY'),
    );
  });

  test.each([
    [404, {}, ''],
    [400, {}, ''],
    [200, { 'content-type': 'text/html' }, '<html>'],
  ])('come from the tag where the API answers %i', async (status, headers, body) => {
    registry.fault = (request, response) =>
      (request.url ?? '').includes('/referrers/') && answer(response, status, headers, body);
    expect(await app.listReferrers(subject)).toEqual([]);
  });
});

test('a blob that the registry has elsewhere is mounted while its upload is begun', async () => {
  const bytes = Buffer.alloc(900_000, 'x');
  const blob = { digest: digestOf(bytes), size: bytes.byteLength };
  registry.fault = (request, response) =>
    request.method === 'POST' && (request.url ?? '').includes('?mount=') && answer(response, 201);
  let read = false;
  const pushed = await app.pushBlob(blob, async function* () {
    read = true;
    yield bytes;
  });
  expect(read).toBe(false);
  expect(pushed).toBe('mounted');
  expect(registry.seen.map(({ method }) => method)).toEqual(['POST']);
});

test('a registry that refuses to mount without a name is asked once', async () => {
  registry.fault = (request, response) => (request.url ?? '').includes('?mount=') && answer(response, 400);
  for (const text of ['one', 'two']) {
    const bytes = Buffer.from(text);
    const blob = { digest: digestOf(bytes), size: bytes.byteLength };
    const pushed = await app.pushBlob(blob, async function* () {
      yield bytes;
    });
    expect(pushed).toBe('sent');
  }
  expect(registry.seen.filter(({ path }) => path.includes('?mount='))).toHaveLength(1);
});

test('Docker schema 1 is called by its name', async () => {
  const type = 'application/vnd.docker.distribution.manifest.v1+prettyjws';
  registry.fault = (_, response) => answer(response, 200, { 'content-type': type }, '{"schemaVersion":1}');
  await expect(app.getManifest('old')).rejects.toSatisfy((error) => isError(error, 'PM_IMAGE_SCHEMA1'));
  const probe = await client.probe({ registry: registry.authority, repository: 'acme/app', tag: 'old' });
  expect(probe.outcome).toBe('not-a-registry');
});

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, startFaultyRegistry, type FaultyRegistry } from '../../test/support/faulty.ts';
import { makeImage, pushToStore, type TestImage } from '../../test/support/images.ts';
import { isError } from '../core/base/index.ts';
import { createRegistryClient } from '../adapters/oci/index.ts';
import { digestOf } from '../core/image/index.ts';
import type { CopyOptions } from '../capabilities/copy/index.ts';
import { createCopier, type Copier } from './index.ts';

let source: FaultyRegistry;
let target: FaultyRegistry;
let home: string;
let copier: Copier;

beforeEach(async () => {
  source = await startFaultyRegistry();
  target = await startFaultyRegistry();
  home = await mkdtemp(join(tmpdir(), 'pullmend-copy-'));
  copier = await open();
});
afterEach(async () => {
  await copier.close();
  await Promise.all([source.close(), target.close(), rm(home, { recursive: true })]);
});

async function open(): Promise<Copier> {
  const hosts = { [source.authority]: { plainHttp: true }, [target.authority]: { plainHttp: true } };
  return await createCopier({
    env: {},
    home,
    hosts,
    signal: new AbortController().signal,
    onEvent: () => {},
  });
}

async function copy(lines: readonly string[], options: Partial<CopyOptions> = {}) {
  const list = lines.map((line) =>
    line.replaceAll('SRC', source.authority).replaceAll('DST', target.authority),
  );
  const pairs = await copier.list(list.join('\n'), 'list.txt', undefined);
  return await copier.copy(pairs, { platforms: [], dryRun: false, ...options });
}

async function given(repository: string, image: TestImage, tag = '1'): Promise<void> {
  await pushToStore(source.store, repository, tag, image);
}

/** Paths that were asked for with a method, most often one per blob or manifest. */
function asked(registry: FaultyRegistry, method: string, part = ''): readonly string[] {
  return registry.seen.filter((it) => it.method === method && it.path.includes(part)).map((it) => it.path);
}

async function same(repository: string, image: TestImage, tag = '1'): Promise<boolean> {
  const manifest = await target.store.getManifest(repository, tag);
  if (manifest?.digest !== image.digest || !Buffer.from(manifest.bytes).equals(image.bytes)) return false;
  const sizes = [...image.blobs.keys()].map((digest) => target.store.statBlob(repository, digest));
  return !(await Promise.all(sizes)).includes(undefined);
}

describe('copying', () => {
  test('keeps every byte of all platforms, the name comes last', async () => {
    const image = await makeImage({ seed: 'a' });
    await given('acme/app', image);
    const { results } = await copy(['SRC/acme/app:1 DST/lib/app:1']);
    expect(results).toMatchObject([{ state: 'copied', digest: image.digest }]);
    expect(await same('lib/app', image)).toBe(true);
    expect(asked(target, 'PUT').at(-1)).toBe('/v2/lib/app/manifests/1');
    expect(await readdir(join(home, '.local/state/pullmend/copies'))).toEqual([]);
  });

  test('what is there costs one HEAD on each side', async () => {
    await given('acme/app', await makeImage({ seed: 'a' }));
    await copy(['SRC/acme/app:1 DST/lib/app:1']);
    const before = [source.seen.length, target.seen.length];
    const { results } = await copy(['SRC/acme/app:1 DST/lib/app:1']);
    expect(results.map(({ state }) => state)).toEqual(['unchanged']);
    expect(source.seen.slice(before[0]).map(({ method }) => method)).toEqual(['HEAD']);
    expect(target.seen.slice(before[1]).map(({ method }) => method)).toEqual(['HEAD']);
  });

  test('each blob of a whole list leaves the source once, and is mounted', async () => {
    const files = [{ path: 'base', data: 'shared by all' }];
    const names = ['a', 'b', 'c', 'd'];
    const images = await Promise.all(names.map((seed) => makeImage({ seed, files })));
    for (const [at, image] of images.entries()) await given(`acme/${names[at]}`, image);
    const { totals } = await copy(names.map((name) => `SRC/acme/${name}:1 DST/lib/${name}:1`));
    const blobs = new Set(images.flatMap((image) => [...image.blobs.keys()]));
    const got = asked(source, 'GET', '/blobs/').map((path) => path.split('/').at(-1));
    expect([got.length, new Set(got)]).toEqual([blobs.size, blobs]);
    expect(totals).toMatchObject({ blobsSent: blobs.size, blobsMounted: 3 });
    for (const [at, image] of images.entries()) expect(await same(`lib/${names[at]}`, image)).toBe(true);
  });

  test('a failed image leaves no name behind and does not stop the others', async () => {
    const [good, bad] = [await makeImage({ seed: 'good' }), await makeImage({ seed: 'bad' })];
    await given('acme/good', good);
    await given('acme/bad', bad);
    const [lost = ''] = [...bad.blobs.keys()];
    source.fault = (request, response) => (request.url ?? '').endsWith(lost) && answer(response, 404);
    const { results } = await copy(['SRC/acme/bad:1 DST/lib/bad:1', 'SRC/acme/good:1 DST/lib/good:1']);
    expect(results.map(({ state }) => state)).toEqual(['failed', 'copied']);
    expect(isError(results[0]?.error, 'PM_REGISTRY_ABSENT')).toBe(true);
    expect(await target.store.listTags('lib/bad')).not.toContain('1');
    expect(await readdir(join(home, '.local/state/pullmend/copies'))).toHaveLength(1);
  });

  test('a dry run writes nothing', async () => {
    await given('acme/app', await makeImage({ seed: 'a' }));
    const { results } = await copy(['SRC/acme/app:1 DST/lib/app:1'], { dryRun: true });
    expect(results.map(({ state }) => state)).toEqual(['would-copy']);
    expect(new Set(target.seen.map(({ method }) => method))).toEqual(new Set(['HEAD']));
  });

  test('blobs of a run that was killed are mounted where the next one needs them', async () => {
    const image = await makeImage({ seed: 'a' });
    await given('acme/a', image);
    await given('acme/b', image);
    const lines = ['SRC/acme/a:1 DST/lib/a:1', 'SRC/acme/b:1 DST/lib/b:1'];
    target.fault = (request, response) =>
      (request.url ?? '').startsWith('/v2/lib/b/') && request.method !== 'HEAD' && answer(response, 403);
    await copy(lines);
    target.fault = undefined;
    const before = source.seen.length;
    const { results } = await copy(lines);
    expect(results.map(({ state }) => state)).toEqual(['unchanged', 'copied']);
    expect(source.seen.slice(before).filter(({ path }) => path.includes('/blobs/'))).toEqual([]);
  });
});

describe('referrers', () => {
  async function signed(): Promise<{ image: TestImage; signature: string }> {
    const image = await makeImage({ seed: 's' });
    await given('acme/app', image);
    const cosign = await makeImage({ seed: 'cosign', multiArch: false });
    await given('acme/app', cosign, `${image.digest.replace(':', '-')}.sig`);
    const [child] = image.manifests;
    const parsed = JSON.parse(Buffer.from(cosign.bytes).toString()) as object;
    const subject = { mediaType: child?.mediaType, digest: child?.digest, size: child?.bytes.byteLength };
    const bytes = Buffer.from(JSON.stringify({ ...parsed, artifactType: 'application/sbom', subject }));
    const signature = { bytes, digest: digestOf(bytes), mediaType: cosign.mediaType };
    const client = createRegistryClient({ hosts: { [source.authority]: { plainHttp: true } } });
    const repository = client.repository({ registry: source.authority, repository: 'acme/app' });
    await repository.putManifest(signature.digest, signature);
    await client.close();
    return { image, signature: signature.digest };
  }

  test('come along when they are wanted, also when the image is there already', async () => {
    const { image, signature } = await signed();
    const line = ['SRC/acme/app:1 DST/lib/app:1'];
    await copy(line);
    expect(await target.store.listTags('lib/app')).toEqual(['1']);
    const { results } = await copy(line, { referrers: true });
    expect(results).toMatchObject([{ state: 'copied', digest: image.digest }]);
    expect(await target.store.getManifest('lib/app', signature)).toBeDefined();
    const names = await target.store.listTags('lib/app');
    const [child] = image.manifests;
    const list = child?.digest.replace(':', '-') ?? '';
    expect(new Set(names)).toEqual(new Set(['1', list, `${image.digest.replace(':', '-')}.sig`]));
    const again = await copy(line, { referrers: true });
    expect(again.results.map(({ state }) => state)).toEqual(['unchanged']);
  });
});

describe('platforms', () => {
  test('some of them make another digest, which is told', async () => {
    const image = await makeImage({ seed: 'p' });
    await given('acme/app', image);
    const { results } = await copy(['SRC/acme/app:1 DST/lib/app:1'], { platforms: ['linux/arm64'] });
    expect(results).toMatchObject([{ state: 'copied', sourceDigest: image.digest }]);
    expect(results[0]?.digest).not.toBe(image.digest);
    expect(asked(source, 'GET', '/manifests/')).toHaveLength(2);
    const again = await copy(['SRC/acme/app:1 DST/lib/app:1'], { platforms: ['linux/arm64'] });
    expect(again.results.map(({ state }) => state)).toEqual(['unchanged']);
  });

  test('are refused for a pinned image', async () => {
    const image = await makeImage({ seed: 'p' });
    const work = copy([`SRC/acme/app@${image.digest} DST/lib/app`], { platforms: ['linux/arm64'] });
    await expect(work).rejects.toSatisfy((error) => isError(error, 'PM_PLATFORM_CHANGES_DIGEST'));
    expect([...source.seen, ...target.seen]).toEqual([]);
  });
});

describe('lists', () => {
  test('tags are asked for where a list names none', async () => {
    for (const tag of ['1.0', '1.1', '2.0']) await given('acme/app', await makeImage({ seed: tag }), tag);
    const pairs = await copier.list(
      `{ "${source.authority}/acme/app:/1\\\\..*/": "${target.authority}/lib/app" }`,
      'images.json',
      undefined,
    );
    expect(pairs.map((pair) => pair.target.tag)).toEqual(['1.0', '1.1']);
  });

  test('a mirror must be writable', async () => {
    await expect(copier.list('nginx', 'list.txt', 'nobody')).rejects.toSatisfy((error) =>
      isError(error, 'PM_MIRROR_NOT_WRITABLE'),
    );
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFile,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { x } from 'tinyexec';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startFaultyRegistry, type FaultyRegistry } from '../../test/support/faulty.ts';
import { makeImage, pushToStore, type TestImage } from '../../test/support/images.ts';
import { repository } from '../../test/support/repository.ts';
import { isError } from '../core/base/index.ts';
import { mediaType, parseReference } from '../core/image/index.ts';
import { createBundler, createCopier, type Bundler, type BundleOptions } from './index.ts';

const volumeSize = 2 * 1024 * 1024;

let source: FaultyRegistry;
let target: FaultyRegistry;
let home: string;
let bundler: Bundler;
let out: string;

beforeEach(async () => {
  source = await startFaultyRegistry();
  target = await startFaultyRegistry();
  home = await mkdtemp(join(tmpdir(), 'pullmend-bundle-'));
  out = join(home, 'b');
  bundler = await createBundler(copierOptions());
});
afterEach(async () => {
  await bundler.close();
  await Promise.all([source.close(), target.close(), rm(home, { recursive: true })]);
});

function copierOptions() {
  const hosts = { [source.authority]: { plainHttp: true }, [target.authority]: { plainHttp: true } };
  return { env: {}, home, hosts, signal: new AbortController().signal, onEvent: () => {} };
}

async function given(name: string, options: Partial<Parameters<typeof makeImage>[0]> = {}) {
  const image = await makeImage({ seed: name, ...options });
  await pushToStore(source.store, `acme/${name}`, '1', image);
  return image;
}

async function create(names: readonly string[], options: Partial<BundleOptions> = {}) {
  const images = names.map((name) => parseReference(`${source.authority}/acme/${name}:1`));
  return await bundler.create(images, { out, volumeSize, platforms: [], ...options });
}

async function load(path = out) {
  return await bundler.load(path, `${target.authority}/lib`, { dryRun: false });
}

async function arrived(name: string, image: TestImage): Promise<boolean> {
  const there = await target.store.getManifest(`lib/acme/${name}`, '1');
  const sizes = [...image.blobs].map(
    async ([digest, bytes]) => (await target.store.statBlob(`lib/acme/${name}`, digest)) === bytes.byteLength,
  );
  return there?.digest === image.digest && !(await Promise.all(sizes)).includes(false);
}

async function volumes(): Promise<readonly string[]> {
  return (await readdir(home)).filter((name) => name.includes('.zst.')).toSorted();
}

describe('a bundle', () => {
  test('brings every byte over, in volumes of the chosen size', async () => {
    const image = await given('app', { layerBytes: 1_500_000 });
    const { bundle } = await create(['app']);
    expect(bundle?.images.map(({ digest }) => digest)).toEqual([image.digest]);
    expect((await volumes()).length).toBeGreaterThan(2);
    for (const file of await volumes()) {
      expect((await stat(join(home, file))).size).toBeLessThanOrEqual(volumeSize);
    }
    expect((await bundler.verify(out)).faults).toEqual([]);
    await source.close();
    const { results } = await load();
    expect(results.map(({ state }) => state)).toEqual(['copied']);
    expect(await arrived('app', image)).toBe(true);
    expect((await load()).results.map(({ state }) => state)).toEqual(['unchanged']);
    expect(await readdir(home)).not.toContain('b.partial');
  });

  test('is one OCI layout for who has only zstd and tar', async ({ skip }) => {
    const there = await x('sh', ['-c', 'command -v zstd']);
    skip(there.exitCode !== 0, 'needs zstd');
    const image = await given('app', { layerBytes: 1_500_000 });
    await create(['app']);
    const unpack = 'mkdir l && cat b.tar.zst.* | zstd -dc | tar -x -C l';
    await x('sh', ['-c', unpack], { nodeOptions: { cwd: home }, throwOnError: true });
    const copier = await createCopier(copierOptions());
    const name = `${source.authority}/acme/app:1`;
    const from = { form: 'oci' as const, path: join(home, 'l'), tag: name };
    const pairs = copier.pairs([from], parseReference(`${target.authority}/lib/acme/app:1`));
    const { results } = await copier.copy(pairs, { platforms: [], dryRun: false });
    await copier.close();
    expect(results.map(({ digest }) => digest)).toEqual([image.digest]);
    expect(await arrived('app', image)).toBe(true);
  });

  test('holds what several images share once, and what refers to them', async () => {
    const files = [{ path: 'base', data: 'shared by all' }];
    const images = [await given('a', { files }), await given('b', { files })];
    const [first = await given('none')] = images;
    const bytes = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: mediaType.ociManifest,
        config: (JSON.parse(Buffer.from(first.manifests[0]?.bytes ?? '').toString()) as { config: object })
          .config,
        layers: [],
        subject: { mediaType: first.mediaType, digest: first.digest, size: first.bytes.byteLength },
      }),
    );
    const { createRegistryClient } = await import('../adapters/oci/index.ts');
    const client = createRegistryClient({ hosts: copierOptions().hosts });
    const { digestOf } = await import('../core/image/index.ts');
    const signature = { bytes, digest: digestOf(bytes), mediaType: mediaType.ociManifest };
    await client
      .repository({ registry: source.authority, repository: 'acme/a' })
      .putManifest(signature.digest, signature);
    const { bundle } = await create(['a', 'b'], { referrers: true });
    const digests = bundle?.blobs.map(({ digest }) => digest) ?? [];
    expect(new Set(digests).size).toBe(digests.length);
    await load();
    const found = await client
      .repository({ registry: target.authority, repository: 'lib/acme/a' })
      .listReferrers(first.digest);
    await client.close();
    expect(found.map(({ digest }) => digest)).toEqual([signature.digest]);
  });

  test('leaves out what the far side has', async () => {
    const files = [{ path: 'base', data: Buffer.alloc(400_000, 'base ') }];
    const old = await given('a', { files });
    await create(['a']);
    await load();
    const young = await given('b', { files });
    const earlier = { text: await readFile(`${out}.json`, 'utf8'), file: 'b.json' };
    const delta = join(home, 'delta');
    const { bundle } = await create(['b'], { out: delta, have: earlier });
    expect(bundle?.needs).toHaveLength(1);
    expect(await bundler.diff(out, delta)).toMatchObject({
      added: [expect.stringContaining('/b:1')],
      same: 0,
    });
    expect((await bundler.verify(delta)).faults).toEqual([]);
    const { results, totals } = await load(delta);
    expect(results.map(({ state }) => state)).toEqual(['copied']);
    expect(totals.blobsMounted).toBe(1);
    expect([await arrived('a', old), await arrived('b', young)]).toEqual([true, true]);
    const empty = await startFaultyRegistry();
    const elsewhere = await createBundler({
      ...copierOptions(),
      hosts: { [empty.authority]: { plainHttp: true } },
    });
    const lost = await elsewhere.load(delta, `${empty.authority}/lib`, { dryRun: false });
    await Promise.all([elsewhere.close(), empty.close()]);
    expect(isError(lost.results[0]?.error, 'PM_BUNDLE_NEEDS')).toBe(true);
  });

  test('is not written over', async () => {
    await given('app');
    await create(['app']);
    await expect(create(['app'])).rejects.toSatisfy((error) => isError(error, 'PM_BUNDLE_EXISTS'));
  });

  test('is not made when an image is missing; the next run goes on', async () => {
    const image = await given('app');
    const { report, bundle } = await create(['app', 'none']);
    expect([report.results.map(({ state }) => state), bundle]).toEqual([['copied', 'failed'], undefined]);
    expect(await readdir(home)).not.toContain('b.json');
    const again = await create(['app']);
    expect(again.report.results.map(({ state }) => state)).toEqual(['unchanged']);
    await load();
    expect(await arrived('app', image)).toBe(true);
  });
});

describe('killed', () => {
  const child = join(repository, 'test', 'support', 'bundle-child.ts');

  async function run(mode: 'create' | 'load', kill?: () => boolean): Promise<number | null> {
    const { authority } = mode === 'create' ? source : target;
    const names = ['a', 'b', 'c'].map((name) => `${source.authority}/acme/${name}:1`).join('\n');
    await writeFile(join(home, 'list'), names);
    const running = spawn(process.execPath, [child, mode, home, authority], { stdio: 'inherit' });
    const ended = once(running, 'exit');
    let open = true;
    void ended.then(() => (open = false));
    while (open && kill !== undefined) {
      if (kill()) running.kill('SIGKILL');
      await pause(1);
    }
    const [code] = (await ended) as [number | null];
    return code;
  }

  test.each([3, 9, 14])(
    'after %i requests for blobs, the next run goes on',
    async (requests) => {
      const images = await Promise.all(
        ['a', 'b', 'c'].map(async (name) => await given(name, { layerBytes: 700_000 })),
      );
      const got = () => source.seen.filter(({ path }) => path.includes('/blobs/')).length;
      expect(await run('create', () => got() >= requests)).toBeNull();
      const before = source.seen.length;
      expect(await run('create')).toBe(0);
      const again = source.seen.slice(before).filter(({ path }) => path.includes('/blobs/')).length;
      const all = new Set(images.flatMap((image) => [...image.blobs.keys()])).size;
      // At an early kill none may have arrived; each is asked for once more at most.
      expect(again).toBeLessThanOrEqual(all);
      expect((await bundler.verify(out)).faults).toEqual([]);
      await load();
      for (const [at, name] of ['a', 'b', 'c'].entries()) {
        expect(await arrived(name, images[at]!)).toBe(true);
      }
    },
    60_000,
  );
});

describe('killed on the far side', () => {
  test.each([0.2, 0.8])(
    'after %f of the bytes, the next run goes on',
    async (share) => {
      const images = await Promise.all(
        ['a', 'b'].map(async (name) => await given(name, { layers: 1, layerBytes: 6_000_000 })),
      );
      await create(['a', 'b']);
      const all = new Map(
        images.flatMap((image) => [...image.blobs].map(([digest, it]) => [digest, it.byteLength])),
      );
      const bytes = [...all.values()].reduce((sum, size) => sum + size, 0);
      let received = 0;
      const start = target.store.startUpload.bind(target.store);
      target.store.startUpload = async (name) => {
        const upload = await start(name);
        const append = upload.append.bind(upload);
        upload.append = async (chunks) =>
          await append(
            (async function* () {
              for await (const chunk of chunks) {
                received += chunk.byteLength;
                yield chunk;
              }
            })(),
          );
        return upload;
      };
      const child = join(repository, 'test', 'support', 'bundle-child.ts');
      const killed = spawn(process.execPath, [child, 'load', home, target.authority], { stdio: 'inherit' });
      const ended = once(killed, 'exit');
      while (received < share * bytes && killed.exitCode === null) await pause(1);
      killed.kill('SIGKILL');
      await ended;
      for (const name of ['a', 'b']) {
        if ((await target.store.listTags(`lib/acme/${name}`))?.includes('1') !== true) continue;
        expect(await arrived(name, images[name === 'a' ? 0 : 1]!)).toBe(true);
      }
      expect((await load()).results.every(({ state }) => state !== 'failed')).toBe(true);
      expect([await arrived('a', images[0]!), await arrived('b', images[1]!)]).toEqual([true, true]);
      expect(received - bytes).toBeLessThan(0.02 * bytes);
    },
    60_000,
  );
});

describe('a bundle that suffered', () => {
  beforeEach(async () => {
    await given('app', { layerBytes: 1_500_000 });
    await create(['app']);
  });

  async function reasons(): Promise<readonly string[]> {
    const { faults } = await bundler.verify(out);
    return faults.map(({ file, reason }) => `${file.slice(home.length + 1)}: ${reason}`);
  }

  test('one byte', async () => {
    const [, second = ''] = await volumes();
    const bytes = await readFile(join(home, second));
    bytes[bytes.length - 1000] = (bytes.at(-1000) ?? 0) ^ 1;
    await writeFile(join(home, second), bytes);
    expect(await reasons()).toEqual([`${second}: its checksum is another: it is damaged`]);
    const { results } = await load();
    expect(results.map(({ state }) => state)).toEqual(['failed']);
    expect(await target.store.listTags('lib/acme/app')).not.toContain('1');
  });

  test('a volume left behind', async () => {
    const [, second = ''] = await volumes();
    await rm(join(home, second));
    expect(await reasons()).toEqual([`${second}: no such file or folder`]);
    expect(isError((await load()).results[0]?.error, 'PM_BUNDLE_BROKEN')).toBe(true);
  });

  test('a volume cut short, and one of another bundle', async () => {
    const [first = '', second = ''] = await volumes();
    await truncate(join(home, second), 5000);
    await create(['app'], { out: join(home, 'other') });
    await copyFile(join(home, 'other.tar.zst.001'), join(home, first));
    expect(await reasons()).toEqual([
      `${first}: it belongs to another bundle`,
      `${second}: it has 5000 bytes, not ${JSON.parse(await readFile(`${out}.json`, 'utf8')).volumes[1].size}`,
    ]);
  });

  test('volumes in another order', async () => {
    const [first = '', second = ''] = await volumes();
    await rename(join(home, first), join(home, 'x'));
    await rename(join(home, second), join(home, first));
    await rename(join(home, 'x'), join(home, second));
    expect(await reasons()).toEqual([`${first}: it is volume 2, not 1`, `${second}: it is volume 1, not 2`]);
  });

  test.each([
    ['a later format', { format: 2 }, 'PM_BUNDLE_NEWER'],
    ['a later API', { apiVersion: 'pullmend.dev/v2' }, 'PM_BUNDLE_NEWER'],
    ['another kind', { kind: 'List' }, 'PM_BUNDLE_BROKEN'],
    [
      'a name that leads away',
      { volumes: [{ file: '../x', size: 1, sha256: '0'.repeat(64) }] },
      'PM_BUNDLE_BROKEN',
    ],
    ['no number', { blobs: [{ digest: `sha256:${'0'.repeat(64)}`, size: -1 }] }, 'PM_BUNDLE_BROKEN'],
  ] as const)('%s in its index', async (_, change, code) => {
    const index = JSON.parse(await readFile(`${out}.json`, 'utf8')) as object;
    await writeFile(`${out}.json`, JSON.stringify({ ...index, ...change }));
    await expect(load()).rejects.toSatisfy((error) => isError(error, code));
  });
});

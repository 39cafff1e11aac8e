import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar, type TarHeader } from 'modern-tar';
import { x } from 'tinyexec';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { disk } from '../../../../test/support/disk.ts';
import { makeImage } from '../../../../test/support/images.ts';
import { isError } from '../../../core/base/index.ts';
import { digestOf } from '../../../core/image/index.ts';
import { openBundleTarget, openLocalImages, type LocalImages } from '../index.ts';
import { withLock } from '../../files/index.ts';
import { fileHeader } from './tar/header.ts';

let folder: string;
let local: LocalImages;
let path: string;
let count = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-hostile-'));
  local = openLocalImages(disk);
});
afterEach(async () => {
  await local.close();
  await rm(folder, { recursive: true });
});

type File = Partial<TarHeader> & { readonly name: string; readonly data?: string };

async function tarOf(files: readonly File[]): Promise<Uint8Array> {
  return await packTar(
    files.map(({ data, ...header }) => ({
      header: { type: 'file', size: Buffer.byteLength(data ?? ''), ...header },
      ...(data !== undefined && { body: data }),
    })),
  );
}

async function read(bytes: Uint8Array, form: 'oci-archive' | 'docker-archive' = 'oci-archive') {
  path = join(folder, `${++count}.tar`);
  await writeFile(path, bytes);
  return await local.repository({ form, path }, 'source').getManifest('');
}

const layout = [
  { name: 'oci-layout', data: '{"imageLayoutVersion":"1.0.0"}' },
  { name: 'index.json', data: '{"schemaVersion":2,"manifests":[]}' },
];
const away = `blobs/sha256/${'0'.repeat(64)}`;

describe('an archive is bounced', () => {
  test.each<readonly [string, readonly File[], RegExp]>([
    ['with a name that leads out', [...layout, { name: '../../etc/cron.d/x', data: 'x' }], /leads out/],
    ['with a name from the root', [...layout, { name: '/etc/passwd', data: 'x' }], /leads out/],
    ['with a file twice', [...layout, ...layout], /twice/],
    ['with a device', [...layout, { name: 'null', type: 'character-device' }], /neither a file/],
    ['without an index', [{ name: 'readme', data: 'x' }], /no|does not/],
    [
      'whose index is none',
      [
        { name: 'oci-layout', data: '{}' },
        { name: 'index.json', data: '[' },
      ],
      /no index/,
    ],
  ])('%s', async (_, files, reason) => {
    await expect(read(await tarOf(files))).rejects.toThrow(reason);
  });

  test('when a link takes the place of a blob', async () => {
    const index = { manifests: [{ mediaType: '', digest: `sha256:${'0'.repeat(64)}`, size: 1 }] };
    const files: File[] = [
      { name: 'oci-layout', data: '{}' },
      { name: 'index.json', data: JSON.stringify(index) },
      { name: away, type: 'symlink', linkname: '/etc/passwd', size: 0 },
    ];
    await expect(read(await tarOf(files))).rejects.toSatisfy((error) => isError(error, 'PM_IMAGES_BROKEN'));
  });

  test.each<readonly [string, () => Uint8Array | Promise<Uint8Array>, RegExp]>([
    ['cut short', async () => (await tarOf(layout)).subarray(0, 700), /cut short|middle/],
    ['that is none', () => Buffer.from('no tar at all'.repeat(100)), /damaged/],
    ['that is empty', () => Buffer.alloc(0), /no tar/],
    ['that claims a huge file', () => fileHeader('index.json', 2 ** 50), /cut short/],
    ['that grows without end', () => gzipSync(Buffer.alloc(100 * 1024 * 1024)), /grows more than/],
    ['whose compression is damaged', () => gzipSync('x').subarray(0, 12), /unexpected end/],
  ])('%s', async (_, bytes, reason) => {
    const work = read(await bytes());
    await expect(work).rejects.toThrow(reason);
    await expect(work).rejects.toSatisfy((error) => isError(error, 'PM_IMAGES_BROKEN'));
  });

  test('of docker, when its layers are not those of its config', async () => {
    const image = await makeImage({ seed: 'x', multiArch: false });
    const [config] = [...image.blobs.values()].filter((bytes) => bytes[0] === 0x7b);
    const manifest = (layers: readonly string[]) =>
      JSON.stringify([{ Config: 'c.json', RepoTags: ['a:1'], Layers: layers }]);
    const files = (layers: readonly string[]) => [
      { name: 'c.json', data: Buffer.from(config ?? '').toString() },
      { name: 'manifest.json', data: manifest(layers) },
      { name: 'l.tar', data: 'not that layer' },
    ];
    await expect(read(await tarOf(files([])), 'docker-archive')).rejects.toThrow(/0 layers/);
    const { manifest: made } = await read(await tarOf(files(['l.tar', 'l.tar'])), 'docker-archive');
    if (made.kind !== 'image') throw new Error('an image was expected');
    const source = local.repository({ form: 'docker-archive', path }, 'source');
    const drain = async () => {
      for await (const chunk of source.readBlob(made.layers[0] ?? made.config)) void chunk;
    };
    await expect(drain()).rejects.toSatisfy((error) => isError(error, 'PM_REGISTRY_DIGEST_MISMATCH'));
  });

  test('when several images are in it and none is named', async () => {
    const names = ['a', 'b'].map((name, at) => ({
      mediaType: '',
      digest: digestOf(Buffer.from(name)),
      size: 1,
      annotations: { 'org.opencontainers.image.ref.name': `v${at}` },
    }));
    const files = [{ name: 'index.json', data: JSON.stringify({ manifests: names }) }];
    await expect(read(await tarOf(files))).rejects.toSatisfy(
      (error) => isError(error, 'PM_IMAGE_UNNAMED') && error.params.known.join() === 'v0,v1',
    );
  });
});

describe('a place that cannot be written', () => {
  const big = Buffer.alloc(3 * 1024 * 1024, 1);
  const blob = { digest: digestOf(big), size: big.byteLength };
  const whole = async function* (from: number) {
    yield big.subarray(from);
  };

  async function mounted(options: string): Promise<string | undefined> {
    const place = join(folder, 'mount');
    await mkdir(place);
    const { exitCode } = await x('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place]);
    return exitCode === 0 ? place : undefined;
  }

  test.for(['size=1m', 'ro'])(
    '(%s) is told, and leaves nothing behind that could be taken for whole',
    async (options, { skip }) => {
      const place = (await mounted(options)) ?? '';
      skip(place === '', 'only root may mount');
      try {
        const target = local.repository({ form: 'oci', path: join(place, 'l') }, 'target');
        const unwritable = (error: unknown) => isError(error, 'PM_FILE_UNWRITABLE');
        await expect(target.pushBlob(blob, whole)).rejects.toSatisfy(unwritable);
        expect(await target.hasBlob(blob.digest)).toBe(false);
        const bundle = openBundleTarget(
          { base: join(place, 'b'), volumeSize: 2 ** 21, have: new Map() },
          disk,
        ).then(async (it) => {
          try {
            await it.repository({ registry: 'r.test', repository: 'a' }).pushBlob(blob, whole);
          } finally {
            await it.close().catch(() => undefined);
          }
        });
        await expect(bundle).rejects.toSatisfy(unwritable);
        if (options !== 'ro') expect(await readdir(place)).not.toContain('b.json');
      } finally {
        await x('umount', [place]);
      }
    },
  );
});

test('a blob of which a part came is continued from there', async () => {
  const bytes = Buffer.alloc(900_000, 'part ');
  const blob = { digest: digestOf(bytes), size: bytes.byteLength };
  const target = local.repository({ form: 'oci', path: join(folder, 'l') }, 'target');
  const starts: number[] = [];
  async function* cut(from: number) {
    starts.push(from);
    yield bytes.subarray(from, from + 400_000);
    if (starts.length === 1) throw new Error('cut');
    yield bytes.subarray(from + 400_000);
  }
  await expect(target.pushBlob(blob, cut)).rejects.toThrow('cut');
  expect(await target.hasBlob(blob.digest)).toBe(false);
  await target.pushBlob(blob, cut);
  expect([await target.hasBlob(blob.digest), starts]).toEqual([true, [0, 400_000]]);
});

describe('a lock', () => {
  test('lets one at a time work', async () => {
    const path = join(folder, 'lock');
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise(setImmediate);
      inside--;
    };
    await Promise.all(Array.from({ length: 8 }, async () => await withLock(path, work)));
    expect([most, await readdir(folder)]).toEqual([1, []]);
  });

  test('of a dead process is taken over, of a living one it is told', async () => {
    const path = join(folder, 'lock');
    await writeFile(path, `4194305 ${hostname()} x`);
    expect(await withLock(path, async () => 'done', 0)).toBe('done');
    await writeFile(path, `1 ${hostname()} x`);
    await expect(withLock(path, async () => 'done', 0)).rejects.toSatisfy((error) =>
      isError(error, 'PM_PLACE_IN_USE'),
    );
  });
});

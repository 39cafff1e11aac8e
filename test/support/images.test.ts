import { describe, expect, test } from 'vitest';
import { gunzipSync } from 'node:zlib';
import { unpackTar } from 'modern-tar';
import { MemoryStore } from '../../src/apps/hub/index.ts';
import { digestOf } from '../../src/core/image/index.ts';
import { type ImageOptions, makeImage, pushToStore } from './images.ts';

type Manifest = {
  readonly config: { readonly digest: string };
  readonly layers: readonly { readonly digest: string; readonly size: number; readonly mediaType: string }[];
};
type Config = {
  readonly architecture: string;
  readonly variant?: string;
  readonly rootfs: { readonly diff_ids: readonly string[] };
};

function decode<T>(bytes: Uint8Array | undefined): T {
  return JSON.parse(Buffer.from(bytes ?? []).toString('utf8')) as T;
}

describe('makeImage', () => {
  test('one seed, one digest; another seed or option, another', async () => {
    const digest = async (options: ImageOptions) => (await makeImage(options)).digest;
    const base = await digest({ seed: 'a' });
    expect(await digest({ seed: 'a' })).toBe(base);
    const others: ImageOptions[] = [
      { seed: 'b' },
      { seed: 'b', layers: 0 },
      { seed: 'a', layers: 0 },
      { seed: 'a', platforms: ['linux/amd64'] },
      { seed: 'a', format: 'docker' },
      { seed: 'a', annotations: { x: 'y' } },
      { seed: 'a', multiArch: false },
    ];
    expect(new Set([base, ...(await Promise.all(others.map(digest)))]).size).toBe(others.length + 1);
  });

  test('every digest and size in it is true, down to the files in the layers', async () => {
    const files = [
      { path: 'etc/motd', data: 'hello\n' },
      { path: 'etc/link', link: 'motd' },
    ];
    const image = await makeImage({ seed: 'whole', platforms: ['linux/amd64', 'linux/arm/v7'], files });
    expect(digestOf(image.bytes)).toBe(image.digest);
    const index = decode<{ manifests: { digest: string; platform: object }[] }>(image.bytes);
    expect(index.manifests.map((entry) => entry.platform)).toEqual([
      { architecture: 'amd64', os: 'linux' },
      { architecture: 'arm', os: 'linux', variant: 'v7' },
    ]);
    for (const [position, manifest] of image.manifests.entries()) {
      expect(digestOf(manifest.bytes)).toBe(manifest.digest);
      expect(index.manifests[position]?.digest).toBe(manifest.digest);
      const parsed = decode<Manifest>(manifest.bytes);
      const config = decode<Config>(image.blobs.get(parsed.config.digest));
      const layers = parsed.layers.map((layer) => image.blobs.get(layer.digest) ?? new Uint8Array());
      expect(layers.map((layer) => layer.byteLength)).toEqual(parsed.layers.map((layer) => layer.size));
      expect(layers.map((layer) => digestOf(gunzipSync(layer)))).toEqual(config.rootfs.diff_ids);
      const [first] = layers;
      const entries = await unpackTar(gunzipSync(first ?? new Uint8Array()));
      expect(entries.map(({ header }) => header.name)).toEqual(['etc/', 'etc/motd', 'etc/link']);
    }
  });

  test('docker variants carry docker media types', async () => {
    const list = await makeImage({ seed: 'd', format: 'docker' });
    expect(list.mediaType).toBe('application/vnd.docker.distribution.manifest.list.v2+json');
    const single = await makeImage({ seed: 'd', format: 'docker', multiArch: false });
    expect(single.mediaType).toBe('application/vnd.docker.distribution.manifest.v2+json');
    expect(decode<Manifest>(single.bytes).layers[0]?.mediaType).toBe(
      'application/vnd.docker.image.rootfs.diff.tar.gzip',
    );
  });
});

test('pushToStore gives a repository that has it all', async () => {
  const store = new MemoryStore();
  const image = await makeImage({ seed: 'push' });
  await pushToStore(store, 'library/web', '1.0', image);
  expect((await store.getManifest('library/web', '1.0'))?.digest).toBe(image.digest);
  expect(await store.listTags('library/web')).toEqual(['1.0']);
  for (const manifest of image.manifests) {
    expect(await store.getManifest('library/web', manifest.digest)).toBeDefined();
  }
  for (const [digest, bytes] of image.blobs) {
    expect(await store.statBlob('library/web', digest)).toBe(bytes.byteLength);
  }
});

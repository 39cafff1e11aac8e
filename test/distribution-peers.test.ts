import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createRegistryClient,
  type ImageRepository,
  type RegistryClient,
} from '../src/adapters/oci/index.ts';
import { digestOf, mediaType } from '../src/core/image/index.ts';
import { startDistribution, type Distribution } from './support/distribution.ts';
import { makeImage, type TestImage } from './support/images.ts';
import { peerTool } from './support/peer-tools.ts';

/** distribution v3, built from its Go module. */
const wanted = process.env['PULLMEND_PEERS'] === '1';
const limit = 300_000;

describe.skipIf(!wanted)('distribution v3 with TLS and tokens (PULLMEND_PEERS=1)', () => {
  let registry: Distribution;
  let client: RegistryClient;
  let image: TestImage;

  beforeAll(async () => {
    registry = await startDistribution(await peerTool('registry'), limit);
    const { ca, user: username, password } = registry;
    client = createRegistryClient({
      hosts: Object.fromEntries(registry.hosts.map((host) => [host, { ca }])),
      credentials: { find: async () => ({ type: 'basic', username, password }) },
      limits: { chunkBytes: limit },
    });
    image = await makeImage({ seed: 'v3', layerBytes: 700_000 });
  }, 600_000);
  afterAll(async () => {
    await client.close();
    await registry.close();
  });

  function at(repository: string, host = registry.authority): ImageRepository {
    return client.repository({ registry: host, repository });
  }

  async function push(to: ImageRepository, tag: string): Promise<void> {
    for (const [digest, bytes] of image.blobs) {
      await to.pushBlob({ digest, size: bytes.byteLength }, async function* (from) {
        yield bytes.subarray(from);
      });
    }
    for (const manifest of image.manifests) await to.putManifest(manifest.digest, manifest);
    await to.putManifest(tag, image);
  }

  async function expectWhole(from: ImageRepository): Promise<void> {
    for (const { digest, bytes } of [image, ...image.manifests]) {
      expect(Buffer.from((await from.getManifest(digest)).bytes).equals(bytes)).toBe(true);
    }
    for (const [digest, bytes] of image.blobs) {
      const chunks: Uint8Array[] = [];
      const blob = { digest, size: bytes.byteLength };
      for await (const chunk of from.readBlob(blob, 0)) chunks.push(chunk);
      expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    }
  }

  test('push and pull keep every byte', async () => {
    await push(at('a/app'), '1');
    expect(await at('a/app').listTags()).toEqual(['1']);
    await expectWhole(at('a/app'));
    expect(registry.scopes).toContain('repository:a/app:pull,push');
  });

  test('large blobs go in parts through a narrow door', async () => {
    await push(at('b/app', registry.narrow), '1');
    await expectWhole(at('b/app'));
  });

  test('blobs are mounted', async () => {
    for (const digest of image.blobs.keys()) {
      expect(await at('c/app').mountBlob(digest, 'a/app')).toBe(true);
      expect(await at('c/app').hasBlob(digest)).toBe(true);
    }
    const nowhere = digestOf(Buffer.from('nowhere'));
    expect(await at('c/app').mountBlob(nowhere)).toBe(false);
  });

  test('an upload of another process goes on', async () => {
    const bytes = Buffer.alloc(900_000, 'resume ');
    const blob = { digest: digestOf(bytes), size: bytes.byteLength };
    let address: string | undefined;
    const starts: number[] = [];
    await at('d/app', registry.narrow)
      .pushBlob(
        blob,
        async function* (from) {
          if (from >= 2 * limit) throw new Error('killed');
          yield bytes.subarray(from);
        },
        { onUpload: (told) => (address = told) },
      )
      .catch(() => undefined);
    await at('d/app', registry.narrow).pushBlob(
      blob,
      async function* (from) {
        starts.push(from);
        yield bytes.subarray(from);
      },
      { resume: address },
    );
    expect(await at('d/app').hasBlob(blob.digest)).toBe(true);
    expect(starts[0]).toBe(2 * limit);
  });

  test('referrers are listed, by whichever way it knows', async () => {
    const [config = ''] = image.blobs.keys();
    const size = image.blobs.get(config)?.byteLength;
    const bytes = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: mediaType.ociManifest,
        config: { mediaType: mediaType.ociConfig, digest: config, size },
        layers: [],
        subject: { mediaType: image.mediaType, digest: image.digest, size: image.bytes.byteLength },
      }),
    );
    const digest = digestOf(bytes);
    await at('a/app').putManifest(digest, { bytes, digest, mediaType: mediaType.ociManifest });
    expect((await at('a/app').listReferrers(image.digest)).map((it) => it.digest)).toEqual([digest]);
  });

  test('what is deleted is gone', async () => {
    await at('a/app').deleteManifest(image.digest);
    expect(await at('a/app').headManifest('1')).toBeUndefined();
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startFaultyRegistry } from '../../../test/support/faulty.ts';
import { disk } from '../../../test/support/disk.ts';
import { makeImage, type TestImage } from '../../../test/support/images.ts';
import { isError } from '../../core/base/index.ts';
import { digestOf, mediaType, parseAddress, type LocalImage } from '../../core/image/index.ts';
import { createRegistryClient, openLocalImages, type ImageRepository } from './index.ts';

/** One implementation: where things are put, and where they are read once all were put. */
type Place = {
  readonly target: ImageRepository;
  readonly written: () => Promise<ImageRepository>;
  readonly close: () => Promise<void>;
};

let folder: string;
let place: Place;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-suite-'));
});
afterEach(async () => {
  await place.close();
  await rm(folder, { recursive: true });
});

async function openRemote(): Promise<Place> {
  const registry = await startFaultyRegistry();
  const client = createRegistryClient({ hosts: { [registry.authority]: { plainHttp: true } } });
  const target = client.repository({ registry: registry.authority, repository: 'acme/app' });
  const close = async () => void (await Promise.all([client.close(), registry.close()]));
  return { target, written: async () => target, close };
}

async function openLocal(text: string): Promise<Place> {
  const image = parseAddress(text) as LocalImage;
  const writer = openLocalImages(disk);
  const reader = openLocalImages(disk);
  return {
    target: writer.repository(image, 'target'),
    written: async () => {
      await writer.finish();
      return reader.repository(image, 'source');
    },
    close: async () => void (await Promise.all([writer.close(), reader.close()])),
  };
}

async function put(image: TestImage, name: string): Promise<void> {
  const { target } = place;
  for (const [digest, bytes] of image.blobs) {
    await target.pushBlob({ digest, size: bytes.byteLength }, async function* (from) {
      yield bytes.subarray(from);
    });
  }
  for (const manifest of image.manifests) await target.putManifest(manifest.digest, manifest);
  await target.putManifest(name, image);
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

const kinds = {
  'a registry': openRemote,
  'a layout': async () => await openLocal(`oci:${folder}/layout`),
  'an OCI archive': async () => await openLocal(`oci-archive:${folder}/images.tar`),
} as const;

describe.each(Object.entries(kinds))('images in %s', (kind, open) => {
  beforeEach(async () => {
    place = await open();
  });

  test('come back byte for byte', async () => {
    const image = await makeImage({ seed: 'suite', layerBytes: 300_000 });
    await put(image, 'v1');
    const read = await place.written();
    expect((await read.headManifest('v1'))?.digest).toBe(image.digest);
    expect((await read.headManifest(image.digest))?.digest).toBe(image.digest);
    expect(await read.listTags()).toEqual(['v1']);
    for (const { digest, bytes, mediaType: type } of [image, ...image.manifests]) {
      const got = await read.getManifest(digest);
      expect([Buffer.from(got.bytes).equals(bytes), got.mediaType]).toEqual([true, type]);
    }
    for (const [digest, bytes] of image.blobs) {
      expect(await read.hasBlob(digest)).toBe(true);
      const blob = { digest, size: bytes.byteLength };
      expect((await bytesOf(read.readBlob(blob))).equals(bytes)).toBe(true);
      const middle = Math.floor(blob.size / 2);
      expect((await bytesOf(read.readBlob(blob, middle))).equals(bytes.subarray(middle))).toBe(true);
    }
  });

  test('a name leads to what was put last', async () => {
    const [old, young] = [await makeImage({ seed: 'old' }), await makeImage({ seed: 'young' })];
    await put(old, 'v1');
    await put(young, 'v1');
    const read = await place.written();
    expect((await read.headManifest('v1'))?.digest).toBe(young.digest);
    expect(await read.listTags()).toEqual(['v1']);
  });

  test('what is not there is not there', async () => {
    await put(await makeImage({ seed: 'suite' }), 'v1');
    const read = await place.written();
    const digest = digestOf(Buffer.from('nothing'));
    expect(await read.headManifest('v2')).toBeUndefined();
    expect(await read.headManifest(digest)).toBeUndefined();
    expect(await read.hasBlob(digest)).toBe(false);
    expect(await read.listReferrers(digest)).toEqual([]);
    const absent = (error: unknown) => isError(error, 'PM_REGISTRY_ABSENT');
    await expect(read.getManifest('v2')).rejects.toSatisfy(absent);
    await expect(bytesOf(read.readBlob({ digest, size: 7 }))).rejects.toSatisfy(absent);
  });

  test('bytes of another digest are refused, and nothing of them stays', async () => {
    const digest = digestOf(Buffer.from('right'));
    for (const wrong of ['wrong', 'long and wrong', '']) {
      const push = place.target.pushBlob({ digest, size: 5 }, async function* (from) {
        yield Buffer.from(wrong).subarray(from);
      });
      await expect(push).rejects.toThrow();
      expect(await place.target.hasBlob(digest)).toBe(false);
    }
  });

  test('referrers are found by what they speak about', async () => {
    const image = await makeImage({ seed: 'suite' });
    await put(image, 'v1');
    const config = Buffer.from('{}');
    const blob = { digest: digestOf(config), size: 2 };
    await place.target.pushBlob(blob, async function* () {
      yield config;
    });
    const signatures = ['one', 'two'].map((note) => {
      const bytes = Buffer.from(
        JSON.stringify({
          schemaVersion: 2,
          mediaType: mediaType.ociManifest,
          artifactType: 'application/vnd.acme.signature',
          config: { mediaType: 'application/vnd.oci.empty.v1+json', ...blob },
          layers: [],
          subject: { mediaType: image.mediaType, digest: image.digest, size: image.bytes.byteLength },
          annotations: { note },
        }),
      );
      return { bytes, digest: digestOf(bytes), mediaType: mediaType.ociManifest };
    });
    await Promise.all(signatures.map((it) => place.target.putManifest(it.digest, it)));
    const found = await (await place.written()).listReferrers(image.digest);
    expect(found.map(({ digest }) => digest).toSorted()).toEqual(
      signatures.map(({ digest }) => digest).toSorted(),
    );
    expect(found[0]).toMatchObject({ artifactType: 'application/vnd.acme.signature' });
    expect(new Set(found.map(({ annotations }) => annotations?.['note']))).toEqual(new Set(['one', 'two']));
  });

  test.skipIf(kind.includes('archive'))('what is deleted is gone', async () => {
    const image = await makeImage({ seed: 'suite' });
    await put(image, 'v1');
    await place.target.deleteManifest(image.digest);
    expect(await place.target.headManifest('v1')).toBeUndefined();
    expect(await place.target.headManifest(image.digest)).toBeUndefined();
  });
});

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { x } from 'tinyexec';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createRegistryClient,
  type ImageRepository,
  type RegistryClient,
} from '../src/adapters/oci/index.ts';
import { digestOf } from '../src/core/image/index.ts';
import { createCopier } from '../src/flows/index.ts';
import { startFaultyRegistry, type FaultyRegistry } from './support/faulty.ts';
import { makeImage, pushToStore, type TestImage } from './support/images.ts';
import { startDockerRegistry, type DockerRegistry } from './support/peers.ts';

/** Debian packages `docker-registry` and `skopeo`, installed when they are missing: needs root and a mirror. */
const wanted = process.env['PULLMEND_PEERS'] === '1';

describe.skipIf(!wanted)('with docker-registry and skopeo (PULLMEND_PEERS=1)', () => {
  let hub: FaultyRegistry;
  let first: DockerRegistry;
  let second: DockerRegistry;
  let client: RegistryClient;
  let image: TestImage;
  let home: string;

  beforeAll(async () => {
    const there = await x('sh', ['-c', 'command -v docker-registry && command -v skopeo']);
    if (there.exitCode !== 0) {
      await x('apt-get', ['install', '-y', '--no-install-recommends', 'docker-registry', 'skopeo'], {
        throwOnError: true,
      });
    }
    hub = await startFaultyRegistry();
    [first, second] = await Promise.all([startDockerRegistry(), startDockerRegistry()]);
    client = createRegistryClient({ hosts: hosts() });
    image = await makeImage({ seed: 'peers', layerBytes: 700_000 });
    await pushToStore(hub.store, 'acme/app', '1', image);
    home = await mkdtemp(join(tmpdir(), 'pullmend-peers-'));
  });
  afterAll(async () => {
    await Promise.all([client.close(), hub.close(), first.close(), second.close()]);
    await rm(home, { recursive: true });
  });

  function hosts() {
    const all = [hub.authority, first.authority, second.authority];
    return Object.fromEntries(all.map((host) => [host, { plainHttp: true }]));
  }

  function at(registry: DockerRegistry, repository: string): ImageRepository {
    return client.repository({ registry: registry.authority, repository });
  }

  async function copy(line: string) {
    const signal = new AbortController().signal;
    const copier = await createCopier({ env: {}, home, hosts: hosts(), signal, onEvent: () => {} });
    try {
      const pairs = await copier.list(line, 'list', undefined);
      return await copier.copy(pairs, { platforms: [], dryRun: false });
    } finally {
      await copier.close();
    }
  }

  test('copies to it and from it keep every byte', async () => {
    const there = await copy(`${hub.authority}/acme/app:1 ${first.authority}/a/app:1`);
    expect(there.results.map(({ state }) => state)).toEqual(['copied']);
    const on = await copy(`${first.authority}/a/app:1 ${second.authority}/b/app:1`);
    expect(on.results.map(({ digest }) => digest)).toEqual([image.digest]);
    for (const { digest, bytes } of [image, ...image.manifests]) {
      const got = await at(second, 'b/app').getManifest(digest);
      expect(Buffer.from(got.bytes).equals(bytes)).toBe(true);
    }
    for (const [digest, bytes] of image.blobs) {
      const chunks: Uint8Array[] = [];
      const blob = { digest, size: bytes.byteLength };
      for await (const chunk of at(second, 'b/app').readBlob(blob)) chunks.push(chunk);
      expect(digestOf(Buffer.concat(chunks))).toBe(digest);
    }
  });

  test('a second copy on one registry mounts every blob', async () => {
    const { totals } = await copy(`${first.authority}/a/app:1 ${first.authority}/c/app:1`);
    expect(totals).toMatchObject({ blobsSent: 0, blobsMounted: image.blobs.size });
  });

  test('a blob in parts', async () => {
    const bytes = Buffer.alloc(600_000, 'parts');
    const blob = { digest: digestOf(bytes), size: bytes.byteLength };
    const parts = createRegistryClient({ hosts: hosts(), limits: { chunkBytes: 100_000 } });
    const target = parts.repository({ registry: first.authority, repository: 'a/parts' });
    let cut = false;
    await target
      .pushBlob(blob, async function* (from) {
        yield bytes.subarray(from, from + 200_000);
        // The source breaks once; the client goes on from what the registry has, or begins anew.
        if (!cut) {
          cut = true;
          throw new Error('cut');
        }
        yield bytes.subarray(from + 200_000);
      })
      .catch(() => undefined);
    await target.pushBlob(blob, async function* (from) {
      yield bytes.subarray(from);
    });
    expect(await target.hasBlob(blob.digest)).toBe(true);
    await parts.close();
  });

  test('deletes', async () => {
    await copy(`${first.authority}/a/app:1 ${first.authority}/d/app:1`);
    const copied = at(first, 'd/app');
    await copied.deleteManifest(image.digest);
    expect(await copied.headManifest('1')).toBeUndefined();
  });

  test('skopeo reads what was written', async () => {
    const folder = join(home, 'dir');
    const source = `docker://${second.authority}/b/app:1`;
    await x('skopeo', ['copy', '--all', '--src-tls-verify=false', source, `dir:${folder}`], {
      throwOnError: true,
    });
    expect(digestOf(await readFile(join(folder, 'manifest.json')))).toBe(image.digest);
  });
});

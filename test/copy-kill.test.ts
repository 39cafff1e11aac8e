import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFaultyRegistry, type FaultyRegistry } from './support/faulty.ts';
import { makeImage, pushToStore, type TestImage } from './support/images.ts';

/** Moments at which the copy is killed, spread over its way; PULLMEND_KILLS=100 for a long look. */
const kills = Number(process.env['PULLMEND_KILLS'] ?? 20);
const child = join(import.meta.dirname, 'support', 'copy-child.ts');

const images = new Map<string, TestImage>();
let source: FaultyRegistry;
let home: string;
let uniqueBytes = 0;

beforeAll(async () => {
  source = await startFaultyRegistry();
  home = await mkdtemp(join(tmpdir(), 'pullmend-kill-'));
  const files = [{ path: 'base', data: Buffer.alloc(2_000_000, 'base ') }];
  const blobs = new Map<string, number>();
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const size = name === 'a' ? 6_000_000 : 1_000_000;
    const platforms = ['linux/amd64', 'linux/arm64'];
    const image = await makeImage({ seed: name, files, platforms, layers: 1, layerBytes: size });
    await pushToStore(source.store, `acme/${name}`, '1', image);
    images.set(name, image);
    for (const [digest, bytes] of image.blobs) blobs.set(digest, bytes.byteLength);
  }
  uniqueBytes = [...blobs.values()].reduce((sum, size) => sum + size, 0);
});
afterAll(async () => {
  await source.close();
  await rm(home, { recursive: true });
});

test(`killed at ${kills} moments, each next run ends it and sends under 2 % again`, async () => {
  for (let round = 0; round < kills; round++) await killedOnce((round + Math.random()) / kills);
}, 600_000);

async function killedOnce(share: number): Promise<void> {
  const target = await startFaultyRegistry();
  let received = 0;
  let onReceived = (): void => {};
  countUploads(target, (bytes) => {
    received += bytes;
    onReceived();
  });
  const list = join(home, 'list.txt');
  const lines = [...images.keys()].map(
    (name) => `${source.authority}/acme/${name}:1 ${target.authority}/lib/${name}`,
  );
  await writeFile(list, lines.join('\n'));
  const copy = () =>
    spawn(process.execPath, [child, home, list, source.authority, target.authority], { stdio: 'ignore' });

  const killed = copy();
  onReceived = () => received >= share * uniqueBytes && killed.kill('SIGKILL');
  await once(killed, 'exit');
  await wholeTags(target);
  onReceived = () => {};
  const [code] = await once(copy(), 'exit');

  expect([share, code]).toEqual([share, 0]);
  expect(await wholeTags(target)).toBe(images.size);
  expect(received - uniqueBytes).toBeLessThan(0.02 * uniqueBytes);
  expect(await readdir(join(home, '.local/state/pullmend/copies'))).toEqual([]);
  await target.close();
}

/** Every tag that can be seen leads to a whole image. */
async function wholeTags(target: FaultyRegistry): Promise<number> {
  let tags = 0;
  for (const [name, image] of images) {
    const seen = await target.store.getManifest(`lib/${name}`, '1');
    if (seen === undefined) continue;
    tags += 1;
    expect(seen.digest).toBe(image.digest);
    for (const { digest } of image.manifests) {
      expect(await target.store.getManifest(`lib/${name}`, digest)).toBeDefined();
    }
    for (const [digest, bytes] of image.blobs) {
      expect(await target.store.statBlob(`lib/${name}`, digest)).toBe(bytes.byteLength);
    }
  }
  return tags;
}

function countUploads({ store }: FaultyRegistry, count: (bytes: number) => void): void {
  const start = store.startUpload.bind(store);
  store.startUpload = async (repository) => {
    const upload = await start(repository);
    const append = upload.append.bind(upload);
    upload.append = async (chunks) => await append(counted(chunks));
    return upload;
  };
  async function* counted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      count(chunk.byteLength);
      yield chunk;
    }
  }
}

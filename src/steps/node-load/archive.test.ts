import { expect, test } from 'vitest';
import { chainIds, digestOf, mediaType } from '../../core/image/index.ts';
import { imageArchive, partOf } from './archive.ts';
import { lackingLayers, type PlatformImage } from './image.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const digest = (text: string) => digestOf(bytes(text));
const layer = (text: string) => ({ mediaType: mediaType.ociLayer, digest: digest(text), size: text.length });
const top = { digest: digest('index'), mediaType: mediaType.ociIndex, bytes: bytes('index') };
const image: PlatformImage = {
  top,
  documents: [top, { digest: digest('config'), mediaType: mediaType.ociConfig, bytes: bytes('config') }],
  layers: [layer('base'), layer('app'), layer('top')],
  diffIds: [digest('1'), digest('2'), digest('3')],
};
const [, , chain3 = ''] = chainIds(image.diffIds);

async function read({ stream }: { stream: AsyncIterable<Uint8Array> }): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('an archive has the length that was told before, the digest of the index and every name', async () => {
  const archive = imageArchive(image, ['docker.io/a/b:1', `docker.io/a/b@${top.digest}`]);
  const tar = await read(archive);
  expect(tar.byteLength).toBe(archive.length);
  const text = tar.toString('latin1');
  expect(text.split(`"digest":"${top.digest}"`)).toHaveLength(3);
  expect(text).toContain('"io.containerd.image.name":"docker.io/a/b:1"');
  expect(text).not.toContain(digest('base').slice(7));
});

test('a part holds one layer, under names that no image has', async () => {
  const one = { layer: layer('app'), diffId: digest('2') };
  const part = partOf(one, 'linux/amd64');
  async function* content() {
    yield bytes('app');
  }
  const archive = part.archive(content());
  expect((await read(archive)).byteLength).toBe(archive.length);
  expect(part.names[0]).toMatch(/^part\.pullmend\.invalid\/layer:sha256-[0-9a-f]{64}$/);
  expect(partOf(one, 'linux/amd64').names).toEqual(part.names);
});

test('a layer of another size than was said is an error', async () => {
  async function* content() {
    yield bytes('short');
  }
  const part = partOf({ layer: { ...layer('app'), size: 600 }, diffId: digest('2') }, 'linux/amd64');
  await expect(read(part.archive(content()))).rejects.toThrow('has 5 bytes, not 600');
});

test.each([
  ['nothing', [], [], ['base', 'app', 'top']],
  ['a blob', ['base'], [], ['app', 'top']],
  ['an unpacked layer whose blob was thrown away', [], [digest('1')], ['app', 'top']],
  ['a layer that is unpacked on another base', [], [digest('3')], ['base', 'app', 'top']],
  ['the last one unpacked on the same base', ['base', 'app'], [chain3], []],
])('of a node that has %s', (_, blobs, unpacked, lacks) => {
  const content = { blobs: new Set(blobs.map(digest)), unpacked: new Set(unpacked) };
  expect(lackingLayers(image, content).map((one) => one.layer.digest)).toEqual(lacks.map(digest));
});

import { open, rename, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { PullmendError } from '../../../core/base/index.ts';
import {
  digesterFor,
  isDigest,
  parseDigest,
  type Descriptor,
  type Manifest,
} from '../../../core/image/index.ts';
import { makeFolder } from '../../files/index.ts';
import type { ImageRepository } from '../store.ts';
import { broken } from './archive.ts';
import { blobPath, folderContent, readDocument, readFileFrom } from './content.ts';
import { decompressed } from './decompress.ts';
import { replaceFile, writeAll, writing } from './disk.ts';
import { indexFile, layoutFile, nameOf, readLayoutIndex } from './layout-index.ts';
import { addFile, endTar } from './tar/write.ts';

type Source = Pick<ImageRepository, 'getManifest'>;
type ImageManifest = Extract<Manifest, { kind: 'image' }>;

/** Writes a layout as one tar: what `oci-archive` is. The blobs that its index leads to, and no others. */
export async function packLayout(folder: string, source: Source, path: string): Promise<void> {
  const content = folderContent(folder, path);
  const digests = new Set<string>();
  for (const { digest } of (await readLayoutIndex(content)).manifests) await collect(source, digest, digests);
  await replaceFile(path, async (tar) => {
    for (const name of [layoutFile, indexFile, ...[...digests].map(blobPath)]) {
      const size = await content.size(name);
      // What is had from elsewhere (foreign layers) is not there.
      if (size !== undefined) await addFile(tar, name, size, content.read(name, 0));
    }
    await endTar(tar);
  });
}

async function collect(source: Source, digest: string, into: Set<string>): Promise<void> {
  if (into.has(digest)) return;
  into.add(digest);
  const { manifest } = await source.getManifest(digest);
  if (manifest.kind === 'image') {
    for (const blob of [manifest.config, ...manifest.layers]) into.add(blob.digest);
    return;
  }
  for (const child of manifest.manifests) await collect(source, child.digest, into);
}

/**
 * Writes the images of a layout as `docker save` does: configs, layers as plain tars, and `manifest.json` (moby,
 * image/tarexport/save.go), so that `docker load`, containerd and skopeo read it.
 */
export async function packDocker(folder: string, source: Source, path: string): Promise<void> {
  const content = folderContent(folder, path);
  const { manifests } = await readLayoutIndex(content);
  const list: object[] = [];
  await replaceFile(path, async (tar) => {
    const written = new Set<string>();
    const add = async (name: string, bytes: Uint8Array) => {
      if (!written.has(name)) await addFile(tar, name, bytes.byteLength, [bytes]);
      written.add(name);
    };
    for (const [digest, entries] of Map.groupBy(manifests, (entry) => entry.digest)) {
      const image = await onlyImage(source, digest, path);
      const config = await readDocument(content, blobPath(image.config.digest), image.config.size);
      const layers: string[] = [];
      for (const [at, layer] of image.layers.entries()) {
        const name = `${hexOf(diffIdOf(config, at))}.tar`;
        if (!written.has(name)) await addLayer(tar, folder, name, layer, path);
        written.add(name);
        layers.push(name);
      }
      const configName = `${hexOf(image.config.digest)}.json`;
      await add(configName, config);
      const names = entries.flatMap((entry) => nameOf(entry) ?? []).filter((name) => !name.includes('@'));
      list.push({ Config: configName, RepoTags: names, Layers: layers });
    }
    await add('manifest.json', Buffer.from(JSON.stringify(list)));
    await endTar(tar);
  });
}

async function onlyImage(source: Source, digest: string, path: string): Promise<ImageManifest> {
  const { manifest } = await source.getManifest(digest);
  if (manifest.kind === 'image') return manifest;
  const [only] = manifest.manifests.filter(({ platform }) => platform !== undefined);
  if (only === undefined) {
    throw new PullmendError('PM_IMAGES_BROKEN', { place: path, reason: `${digest} names no platform` });
  }
  return await onlyImage(source, only.digest, path);
}

/** A tar must tell the size before the content, so a compressed layer is unpacked beside the others first. */
async function addLayer(
  tar: FileHandle,
  folder: string,
  name: string,
  layer: Descriptor,
  place: string,
): Promise<void> {
  const unpacked = join(folder, '.unpacked', name);
  if ((await stat(unpacked).catch(() => undefined)) === undefined)
    await unpack(folder, unpacked, name, layer, place);
  await addFile(tar, name, (await stat(unpacked)).size, readFileFrom(unpacked));
}

async function unpack(
  folder: string,
  unpacked: string,
  name: string,
  layer: Descriptor,
  place: string,
): Promise<void> {
  await writing(unpacked, async () => {
    await makeFolder(join(folder, '.unpacked'));
    const file = await open(`${unpacked}.part`, 'w');
    const digester = digesterFor('');
    try {
      const chunks = decompressed(readFileFrom(join(folder, blobPath(layer.digest))));
      for await (const chunk of broken(place, chunks)) {
        digester.update(chunk);
        await writeAll(file, chunk);
      }
    } finally {
      await file.close();
    }
    if (`${hexOf(digester.digest())}.tar` !== name) {
      const reason = `layer ${layer.digest} unpacks to something else than its config says`;
      throw new PullmendError('PM_IMAGES_BROKEN', { place, reason });
    }
    await rename(`${unpacked}.part`, unpacked);
  });
}

function diffIdOf(config: Uint8Array, at: number): string {
  const { rootfs } = JSON.parse(Buffer.from(config).toString('utf8')) as {
    readonly rootfs?: { readonly diff_ids?: readonly unknown[] };
  };
  const id = rootfs?.diff_ids?.[at];
  if (typeof id === 'string' && isDigest(id)) return id;
  throw new PullmendError('PM_IMAGES_BROKEN', {
    place: 'config',
    reason: `it has no diff_id for layer ${at + 1}`,
  });
}

function hexOf(digest: string): string {
  return parseDigest(digest)?.hex ?? '';
}

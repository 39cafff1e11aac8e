import type { RegistryStore } from '../../src/apps/hub/index.ts';
import { digestOf, mediaType } from '../../src/core/image/index.ts';
import { type ImageFile, type Layer, makeLayer, seededBytes } from './layer.ts';

export type { ImageFile } from './layer.ts';

export type ImageOptions = {
  /** Images of one seed and the same other options have the same digests. */
  readonly seed: string;
  /** `os/arch[/variant]`; default `linux/amd64` and `linux/arm64`. */
  readonly platforms?: readonly string[];
  /** Layers of seeded bytes, another content for each platform; default 2. */
  readonly layers?: number;
  /** Size of each of them before compression; default 2048. */
  readonly layerBytes?: number;
  /** One more layer with these files, below the others, the same for all platforms. */
  readonly files?: readonly ImageFile[];
  readonly cmd?: readonly string[];
  /** On the index and on each manifest; OCI only. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** `docker`: manifest list and schema 2 instead of OCI. */
  readonly format?: 'oci' | 'docker';
  /** False: a manifest of the first platform alone, without an index. */
  readonly multiArch?: boolean;
};

export type PlatformManifest = {
  readonly platform: string;
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
};

/** An image with every byte of it. */
export type TestImage = {
  /** What a tag of this image points to: the index, or the only manifest. */
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly manifests: readonly PlatformManifest[];
  /** Configs and layers by digest. */
  readonly blobs: ReadonlyMap<string, Uint8Array>;
};

const MEDIA_TYPES = {
  oci: {
    index: mediaType.ociIndex,
    manifest: mediaType.ociManifest,
    config: mediaType.ociConfig,
    layer: mediaType.ociLayer,
  },
  docker: {
    index: mediaType.dockerList,
    manifest: mediaType.dockerManifest,
    config: mediaType.dockerConfig,
    layer: mediaType.dockerLayer,
  },
} as const;

/** Makes a well-formed image, `linux/amd64` and `linux/arm64` unless told otherwise. */
export async function makeImage(options: ImageOptions): Promise<TestImage> {
  const platforms = options.platforms ?? ['linux/amd64', 'linux/arm64'];
  const types = MEDIA_TYPES[options.format ?? 'oci'];
  const blobs = new Map<string, Uint8Array>();
  const manifests: PlatformManifest[] = [];
  for (const platform of options.multiArch === false ? platforms.slice(0, 1) : platforms) {
    manifests.push(await makeManifest(options, platform, blobs));
  }
  const [first] = manifests;
  if (first === undefined) throw new Error('an image needs a platform');
  if (options.multiArch === false) return { ...first, manifests, blobs };
  const bytes = encode({
    schemaVersion: 2,
    mediaType: types.index,
    manifests: manifests.map((manifest) => ({
      ...descriptor(manifest.mediaType, manifest),
      platform: platformFields(manifest.platform),
    })),
    ...annotationsOf(options),
  });
  return { digest: digestOf(bytes), mediaType: types.index, bytes, manifests, blobs };
}

/** Puts an image into a repository, under `tag` or, without one, reachable by its digests only. */
export async function pushToStore(
  store: RegistryStore,
  repository: string,
  tag: string | undefined,
  image: TestImage,
): Promise<void> {
  for (const [digest, bytes] of image.blobs) {
    if ((await store.statBlob(repository, digest)) !== undefined) continue;
    const upload = await store.startUpload(repository);
    await upload.append(once(bytes));
    if (!(await upload.commit(digest))) throw new Error(`blob does not match ${digest}`);
  }
  for (const manifest of image.manifests) await store.putManifest(repository, manifest, []);
  await store.putManifest(repository, image, tag === undefined ? [] : [tag]);
}

async function makeManifest(
  options: ImageOptions,
  platform: string,
  blobs: Map<string, Uint8Array>,
): Promise<PlatformManifest> {
  const types = MEDIA_TYPES[options.format ?? 'oci'];
  const layers = await makeLayers(options, platform);
  const config = encode(configOf(options, platform, layers));
  const configDigest = digestOf(config);
  blobs.set(configDigest, config);
  for (const layer of layers) blobs.set(layer.digest, layer.bytes);
  const bytes = encode({
    schemaVersion: 2,
    mediaType: types.manifest,
    config: descriptor(types.config, { digest: configDigest, bytes: config }),
    layers: layers.map((layer) => descriptor(types.layer, layer)),
    ...annotationsOf(options),
  });
  return { platform, digest: digestOf(bytes), mediaType: types.manifest, bytes };
}

/** A layer of given files is large (busybox) and the same for every image it is used in: made once. */
const fileLayers = new WeakMap<readonly ImageFile[], Promise<Layer>>();

async function makeLayers(options: ImageOptions, platform: string): Promise<readonly Layer[]> {
  const layers: Layer[] = [];
  if (options.files !== undefined) {
    const made = fileLayers.get(options.files) ?? makeLayer(options.files);
    fileLayers.set(options.files, made);
    layers.push(await made);
  }
  for (let number = 1; number <= (options.layers ?? 2); number += 1) {
    const data = seededBytes(`${options.seed} ${platform} ${number}`, options.layerBytes ?? 2048);
    layers.push(await makeLayer([{ path: `data/${number}`, data }]));
  }
  return layers;
}

/** The seed is a label, so that two images without seeded layers differ too. */
function configOf(options: ImageOptions, platform: string, layers: readonly Layer[]): unknown {
  const created = '2024-01-01T00:00:00Z';
  return {
    created,
    ...platformFields(platform),
    config: {
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      Cmd: options.cmd ?? ['sh'],
      Labels: { seed: options.seed },
    },
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.diffId) },
    history: layers.map((_, index) => ({ created, created_by: `layer ${index + 1}` })),
  };
}

function platformFields(platform: string): Readonly<Record<string, string>> {
  const [os = '', architecture = '', variant] = platform.split('/');
  return { architecture, os, ...(variant === undefined ? {} : { variant }) };
}

function descriptor(type: string, content: { digest: string; bytes: Uint8Array }) {
  return { mediaType: type, digest: content.digest, size: content.bytes.byteLength };
}

function annotationsOf(options: ImageOptions): { annotations?: Readonly<Record<string, string>> } {
  if (options.annotations === undefined || options.format === 'docker') return {};
  return { annotations: options.annotations };
}

function encode(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value, undefined, 2));
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

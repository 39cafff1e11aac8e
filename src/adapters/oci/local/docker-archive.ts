import * as z from 'zod';
import { PullmendError } from '../../../core/base/index.ts';
import {
  digesterFor,
  digestOf,
  isDigest,
  mediaType,
  normaliseImage,
  readConfigPlatform,
} from '../../../core/image/index.ts';
import type { Archive } from './archive.ts';
import { blobPath, readDocument, type Content } from './content.ts';
import { compressionOf } from './decompress.ts';
import { indexFile, nameAnnotation } from './layout-index.ts';

/** `manifest.json` of hundreds of images stays below; configs are bounded as those of registries are. */
const maxDocumentBytes = 4 * 1024 * 1024;

const listSchema = z.array(
  z.object({
    Config: z.string(),
    RepoTags: z.array(z.string()).nullish(),
    Layers: z.array(z.string()).nullish(),
  }),
);

const configSchema = z.object({
  rootfs: z.object({ diff_ids: z.array(z.string().refine(isDigest)).nullish() }),
});

type Found = { readonly size: number; readonly read: (from: number) => AsyncIterable<Uint8Array> };
type DockerImage = z.infer<typeof listSchema>[number];

/**
 * What `docker save` wrote, as an OCI image layout: its config and layers as they are, under manifests that are made
 * here (moby, image/tarexport). Throws PM_IMAGES_BROKEN.
 */
export async function dockerContent(archive: Archive): Promise<Content> {
  const { place } = archive;
  const images = await readList(archive);
  const files = new Map<string, Found>();
  const entries: object[] = [];
  for (const image of images) {
    const manifest = await manifestOf(archive, image, files);
    const descriptor = { mediaType: mediaType.ociManifest, ...addBytes(files, manifest) };
    const names = image.RepoTags ?? [];
    for (const name of names.length === 0 ? [undefined] : names) {
      const annotations =
        name === undefined ? {} : { annotations: { [nameAnnotation]: normaliseImage(name) } };
      entries.push({ ...descriptor, ...annotations });
    }
  }
  const index = Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: entries }));
  files.set(indexFile, inMemory(index));
  return {
    place,
    size: async (path) => files.get(path)?.size,
    async *read(path, from) {
      yield* files.get(path)?.read(from) ?? [];
    },
  };
}

async function readList(archive: Archive): Promise<readonly DockerImage[]> {
  const bytes = await readDocument(archive, 'manifest.json', maxDocumentBytes);
  return parse(archive, 'manifest.json', bytes, listSchema);
}

async function manifestOf(
  archive: Archive,
  { Config, Layers }: DockerImage,
  files: Map<string, Found>,
): Promise<Uint8Array> {
  const config = await readDocument(archive, Config, maxDocumentBytes);
  const { diff_ids: ids } = parse(archive, Config, config, configSchema).rootfs;
  const diffIds = ids ?? [];
  const paths = Layers ?? [];
  if (diffIds.length !== paths.length || readConfigPlatform(config) === undefined) {
    throw fail(archive, `${Config} is not the config of its ${paths.length} layers`);
  }
  const layers: object[] = [];
  for (const [at, path] of paths.entries()) {
    layers.push(await layerOf(archive, path, diffIds[at] ?? '', files));
  }
  const configDescriptor = { mediaType: mediaType.ociConfig, ...addBytes(files, config) };
  return Buffer.from(
    JSON.stringify({ schemaVersion: 2, mediaType: mediaType.ociManifest, config: configDescriptor, layers }),
  );
}

/** A layer is a plain tar, whose digest the config tells; some tools write it compressed, and that must be hashed. */
async function layerOf(
  archive: Archive,
  path: string,
  diffId: string,
  files: Map<string, Found>,
): Promise<object> {
  const size = await archive.size(path);
  if (size === undefined) throw fail(archive, `it has no ${path}`);
  const compression = compressionOf(await firstBytes(archive, path));
  const digest = compression === undefined ? diffId : await hash(archive, path);
  files.set(blobPath(digest), { size, read: (from) => archive.read(path, from) });
  const suffix = compression === undefined ? '' : `+${compression}`;
  return { mediaType: `application/vnd.oci.image.layer.v1.tar${suffix}`, digest, size };
}

async function firstBytes(archive: Archive, path: string): Promise<Uint8Array> {
  for await (const chunk of archive.read(path, 0)) return chunk;
  return new Uint8Array();
}

async function hash(archive: Archive, path: string): Promise<string> {
  const digester = digesterFor('');
  for await (const chunk of archive.read(path, 0)) digester.update(chunk);
  return digester.digest();
}

function addBytes(files: Map<string, Found>, bytes: Uint8Array): { digest: string; size: number } {
  const digest = digestOf(bytes);
  files.set(blobPath(digest), inMemory(bytes));
  return { digest, size: bytes.byteLength };
}

function inMemory(bytes: Uint8Array): Found {
  return {
    size: bytes.byteLength,
    async *read(from) {
      yield bytes.subarray(from);
    },
  };
}

function parse<T>(archive: Archive, path: string, bytes: Uint8Array, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    throw fail(archive, `${path} is not what docker save writes`);
  }
}

function fail({ place }: Archive, reason: string): PullmendError {
  return new PullmendError('PM_IMAGES_BROKEN', { place, reason });
}

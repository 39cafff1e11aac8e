import type { ImageRepository } from '../../adapters/oci/index.ts';
import type { NodeContent } from '../../adapters/node/index.ts';
import { chainIds, platformMatches, readDiffIds, type Descriptor } from '../../core/image/index.ts';

/** Indexes in indexes; real ones have one level. */
const deepestIndex = 4;
/** A config of thousands of layers has some 100 kB. */
const maxConfigBytes = 8 * 1024 * 1024;

/** A document of an image as it is, so that its digest holds. */
export type Document = Pick<Descriptor, 'digest' | 'mediaType'> & { readonly bytes: Uint8Array };

/** One platform of an image. */
export type PlatformImage = {
  /** What names lead to: the index where there is one. */
  readonly top: Document;
  /** The index, the platform's manifest and its config. */
  readonly documents: readonly Document[];
  readonly layers: readonly Descriptor[];
  /** Of each layer, in the same order. */
  readonly diffIds: readonly string[];
};

/** Reads all but the layers of an image; undefined where it has nothing for the platform. */
export async function readPlatformImage(
  repository: ImageRepository,
  name: string,
  platform: string,
): Promise<PlatformImage | undefined> {
  const documents: Document[] = [];
  let next: string | undefined = name;
  for (let depth = 0; depth <= deepestIndex && next !== undefined; depth++) {
    const { digest, mediaType, bytes, manifest } = await repository.getManifest(next);
    documents.push({ digest, mediaType, bytes });
    if (manifest.kind === 'image') {
      if (manifest.config.size > maxConfigBytes) return undefined;
      const config = await readConfig(repository, manifest.config);
      const diffIds = readDiffIds(config.bytes);
      const [top] = documents;
      if (top === undefined || diffIds?.length !== manifest.layers.length) return undefined;
      return { top, documents: [...documents, config], layers: manifest.layers, diffIds };
    }
    next = manifest.manifests.find(
      ({ platform: offered }) => offered !== undefined && platformMatches(platform, offered),
    )?.digest;
  }
  return undefined;
}

async function readConfig(repository: ImageRepository, config: Descriptor): Promise<Document> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of repository.readBlob(config)) chunks.push(chunk);
  return { digest: config.digest, mediaType: config.mediaType, bytes: Buffer.concat(chunks) };
}

/** A layer that a node lacks, and what it is unpacked. */
export type LackingLayer = { readonly layer: Descriptor; readonly diffId: string };

/**
 * The layers that must be sent. One that is unpacked already is not needed as a blob: nodes may throw those away
 * (`discard_unpacked_layers` of containerd).
 */
export function lackingLayers(
  { layers, diffIds }: PlatformImage,
  { blobs, unpacked }: Pick<NodeContent, 'blobs' | 'unpacked'>,
): readonly LackingLayer[] {
  const chain = chainIds(diffIds);
  const seen = new Set<string>();
  return layers.flatMap((layer, at) => {
    const diffId = diffIds[at] ?? '';
    if (blobs.has(layer.digest) || unpacked.has(chain[at] ?? '') || seen.has(layer.digest)) return [];
    seen.add(layer.digest);
    return [{ layer, diffId }];
  });
}

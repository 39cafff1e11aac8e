import { archiveStream, type ArchiveFile } from '../../adapters/oci/index.ts';
import { digestOf, mediaType, type Descriptor } from '../../core/image/index.ts';
import type { Document, LackingLayer, PlatformImage } from './image.ts';

/** No registry has this name. */
const partRepository = 'part.pullmend.invalid/layer';

type Archive = ReturnType<typeof archiveStream>;

/** The image without its layers: they are on the node by now. Its digest is kept, and so is that of its index. */
export function imageArchive({ top, documents }: PlatformImage, names: readonly string[]): Archive {
  const [first] = documents;
  return archiveStream([...layout(first ?? top, names), ...documents.map(fileOf)]);
}

/** A layer by itself, held on the node by an image of its own until the real one is there. */
export type Part = {
  /** Names on the node that go when the image is there: the part's own, and the one that the runtime gives it. */
  readonly names: readonly string[];
  readonly archive: (content: AsyncIterable<Uint8Array>) => Archive;
};

/** @param platform the node's own, or containerd would leave the part out. */
export function partOf({ layer, diffId }: LackingLayer, platform: string): Part {
  const [os = '', architecture = '', variant] = platform.split('/');
  const config = document(mediaType.ociConfig, {
    os,
    architecture,
    ...(variant === undefined ? {} : { variant }),
    rootfs: { type: 'layers', diff_ids: [diffId] },
  });
  const manifest = document(mediaType.ociManifest, {
    schemaVersion: 2,
    mediaType: mediaType.ociManifest,
    config: { mediaType: config.mediaType, digest: config.digest, size: config.bytes.byteLength },
    layers: [{ mediaType: layer.mediaType, digest: layer.digest, size: layer.size }],
  });
  const name = `${partRepository}:${layer.digest.replace(':', '-').slice(0, 100)}`;
  return {
    names: [name, config.digest],
    archive: (content) =>
      archiveStream([
        ...layout(manifest, [name]),
        fileOf(config),
        fileOf(manifest),
        { name: blobName(layer.digest), size: layer.size, content },
      ]),
  };
}

function document(type: string, value: object): Document {
  const bytes = Buffer.from(JSON.stringify(value));
  return { mediaType: type, bytes, digest: digestOf(bytes) };
}

/** `oci-layout` and `index.json` of an OCI image layout; containerd reads names from its own annotation. */
function layout({ mediaType: type, digest, bytes }: Document, names: readonly string[]): ArchiveFile[] {
  const manifests = names.map((name) => ({
    mediaType: type,
    digest,
    size: bytes.byteLength,
    annotations: { 'io.containerd.image.name': name },
  }));
  return [
    file('oci-layout', Buffer.from(JSON.stringify({ imageLayoutVersion: '1.0.0' }))),
    file('index.json', Buffer.from(JSON.stringify({ schemaVersion: 2, manifests }))),
  ];
}

function fileOf({ digest, bytes }: Document): ArchiveFile {
  return file(blobName(digest), bytes);
}

function file(name: string, bytes: Uint8Array): ArchiveFile {
  return { name, size: bytes.byteLength, content: [bytes] };
}

function blobName(digest: Descriptor['digest']): string {
  return `blobs/${digest.replace(':', '/')}`;
}

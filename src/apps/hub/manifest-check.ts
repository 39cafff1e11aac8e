import { bareMediaType, isDigest } from '../../core/image/index.ts';
import { ProtocolError } from './protocol-error.ts';
import type { RegistryStore } from './store.ts';

export type CheckedManifest = {
  readonly mediaType: string;
};

type Descriptor = { readonly digest: string; readonly foreign: boolean };

/**
 * What a registry looks at before it takes a manifest: JSON with a media type, and all it points to already there.
 * @throws ProtocolError MANIFEST_INVALID, MANIFEST_BLOB_UNKNOWN
 */
export async function checkManifest(
  store: RegistryStore,
  repository: string,
  bytes: Uint8Array,
  contentType: string | undefined,
): Promise<CheckedManifest> {
  const manifest = parseObject(bytes);
  const inside = typeof manifest.mediaType === 'string' ? manifest.mediaType : undefined;
  const mediaType = contentType === undefined ? inside : bareMediaType(contentType);
  if (mediaType === undefined || mediaType === '') throw invalid('media type missing');
  if (inside !== undefined && inside !== mediaType) {
    throw invalid(`content type ${mediaType} is not the mediaType ${inside} of the manifest`);
  }
  for (const child of descriptors(manifest.manifests)) {
    if ((await store.getManifest(repository, child.digest)) === undefined) throw missing(child.digest);
  }
  for (const blob of [...descriptors(manifest.layers), ...descriptors(one(manifest.config))]) {
    if (blob.foreign) continue;
    if ((await store.statBlob(repository, blob.digest)) === undefined) throw missing(blob.digest);
  }
  // What a signature or an SBOM speaks about need not be there.
  descriptors(one(manifest.subject));
  return { mediaType };
}

function parseObject(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw invalid('not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('no object');
  return value as Record<string, unknown>;
}

function one(value: unknown): readonly unknown[] {
  return value === undefined ? [] : [value];
}

function descriptors(value: unknown): readonly Descriptor[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalid('a list of descriptors is no list');
  return value.map(descriptor);
}

/** Layers with `urls` live elsewhere and need not be pushed (OCI image spec, "Non-Distributable Layers"). */
function descriptor(value: unknown): Descriptor {
  const entry = value as { digest?: unknown; urls?: unknown } | null;
  const digest = entry?.digest;
  if (typeof digest !== 'string' || !isDigest(digest)) throw invalid('a descriptor without a digest');
  return { digest, foreign: Array.isArray(entry?.urls) && entry.urls.length > 0 };
}

function invalid(why: string): ProtocolError {
  return new ProtocolError('MANIFEST_INVALID', { message: `manifest invalid: ${why}` });
}

function missing(digest: string): ProtocolError {
  return new ProtocolError('MANIFEST_BLOB_UNKNOWN', { detail: { digest } });
}

import * as z from 'zod';
import { isDigest } from './digest.ts';
import { imageMediaTypes, indexMediaTypes } from './media-types.ts';
import { formatPlatform, type Platform } from './platform.ts';

/** Names content by its digest (OCI image-spec, descriptor.md). */
export type Descriptor = {
  readonly mediaType: string;
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  readonly platform?: Platform;
};

/** What a manifest says: one image, or an index of them. */
export type Manifest =
  | { readonly kind: 'index'; readonly mediaType: string; readonly manifests: readonly Descriptor[] }
  | {
      readonly kind: 'image';
      readonly mediaType: string;
      readonly config: Descriptor;
      readonly layers: readonly Descriptor[];
    };

const platformSchema = z.object({
  os: z.string().default(''),
  architecture: z.string().default(''),
  variant: z.string().optional(),
});

const descriptorSchema = z.object({
  mediaType: z.string().default(''),
  digest: z.string().refine(isDigest),
  size: z.number().int().nonnegative(),
  platform: platformSchema.nullish(),
});

const indexSchema = z.object({ schemaVersion: z.literal(2), manifests: z.array(descriptorSchema) });
const imageSchema = z.object({
  schemaVersion: z.literal(2),
  config: descriptorSchema,
  layers: z.array(descriptorSchema).nullish(),
});

/** Reads the bytes of a manifest of that media type; `undefined` when they are not one. */
export function readManifest(bytes: Uint8Array, type: string): Manifest | undefined {
  const json = parseJson(bytes);
  if (indexMediaTypes.includes(type)) {
    const index = indexSchema.safeParse(json);
    return index.success
      ? { kind: 'index', mediaType: type, manifests: index.data.manifests.map(descriptor) }
      : undefined;
  }
  if (!imageMediaTypes.includes(type)) return undefined;
  const image = imageSchema.safeParse(json);
  if (!image.success) return undefined;
  const { config, layers } = image.data;
  return {
    kind: 'image',
    mediaType: type,
    config: descriptor(config),
    layers: (layers ?? []).map(descriptor),
  };
}

/** The platform in an image's config; `undefined` for what is no container image, e.g. a Helm chart. */
export function readConfigPlatform(bytes: Uint8Array): Platform | undefined {
  const config = platformSchema.safeParse(parseJson(bytes));
  return config.success ? knownPlatform(config.data) : undefined;
}

/** Digest of each platform's manifest in an index, by `os/arch[/variant]`; the first of equals, as runtimes take it. */
export function platformDigests(manifests: readonly Descriptor[]): Readonly<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const { platform, digest } of manifests) {
    if (platform !== undefined) digests[formatPlatform(platform)] ??= digest;
  }
  return digests;
}

function descriptor(data: z.infer<typeof descriptorSchema>): Descriptor {
  const platform = data.platform ? knownPlatform(data.platform) : undefined;
  return {
    mediaType: data.mediaType,
    digest: data.digest,
    size: data.size,
    ...(platform !== undefined && { platform }),
  };
}

/** Build attestations stand in an index as `unknown/unknown`; nothing runs them. */
function knownPlatform(data: z.infer<typeof platformSchema>): Platform | undefined {
  const { os, architecture, variant } = data;
  if (os === '' || architecture === '' || os === 'unknown') return undefined;
  return { os, architecture, ...(variant && { variant }) };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

import * as z from 'zod';
import { isDigest } from './digest.ts';
import type { Descriptor } from './manifest.ts';
import { mediaType } from './media-types.ts';

/** A manifest that speaks about another one: a signature, an SBOM (OCI image-spec, `subject`). */
export type Referrer = Pick<Descriptor, 'mediaType' | 'digest' | 'size'> & {
  readonly artifactType?: string | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
};

const referrersSchema = z.object({
  schemaVersion: z.literal(2),
  manifests: z.array(
    z.object({
      mediaType: z.string(),
      digest: z.string().refine(isDigest),
      size: z.number().int().nonnegative(),
      artifactType: z.string().optional(),
      annotations: z.record(z.string(), z.string()).nullish(),
    }),
  ),
});

/** Reads a list of referrers, which is an image index; `undefined` when it is none. */
export function readReferrers(bytes: Uint8Array): readonly Referrer[] | undefined {
  const read = referrersSchema.safeParse(parseJson(bytes));
  if (!read.success) return undefined;
  return read.data.manifests.map(({ annotations, ...rest }) => ({
    ...rest,
    ...(annotations != null && { annotations }),
  }));
}

/** The list of referrers as it is stored under `referrersTag`. */
export function formatReferrers(referrers: readonly Referrer[]): Uint8Array {
  const index = { schemaVersion: 2, mediaType: mediaType.ociIndex, manifests: referrers };
  return new TextEncoder().encode(JSON.stringify(index));
}

/** The tag that holds the list where a registry has no API for it (OCI distribution-spec, "Referrers Tag Schema"). */
export function referrersTag(digest: string): string {
  return digest.replace(':', '-');
}

/** Is the tag such a list, or one of cosign's, and so no image of its own. */
export function isReferrersTag(tag: string): boolean {
  return /^sha(?:256|384|512)-[a-f0-9]{64,128}(?:\.[a-z]+)?$/.test(tag);
}

const subjectSchema = z.object({
  subject: z.object({ digest: z.string().refine(isDigest) }),
  artifactType: z.string().optional(),
  config: z.object({ mediaType: z.string() }).nullish(),
  annotations: z.record(z.string(), z.string()).nullish(),
});

/**
 * What a manifest with a `subject` stands as in the list of that subject (OCI distribution-spec, "Pushing Manifests
 * with Subject"); `undefined` when it stands alone.
 */
export function referrerOf(manifest: {
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Uint8Array;
}): { readonly subject: string; readonly referrer: Referrer } | undefined {
  const { mediaType: type, digest, bytes } = manifest;
  const read = subjectSchema.safeParse(parseJson(bytes));
  if (!read.success) return undefined;
  const { subject, artifactType = read.data.config?.mediaType, annotations } = read.data;
  const referrer = {
    mediaType: type,
    digest,
    size: bytes.byteLength,
    ...(artifactType !== undefined && { artifactType }),
    ...(annotations != null && { annotations }),
  };
  return { subject: subject.digest, referrer };
}

/** A list with one more, unless it is there. */
export function withReferrer(list: readonly Referrer[], referrer: Referrer): readonly Referrer[] {
  return list.some(({ digest }) => digest === referrer.digest) ? list : [...list, referrer];
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

import * as z from 'zod';
import { PullmendError } from '../../../core/base/index.ts';
import { isDigest } from '../../../core/image/index.ts';
import { apiVersion } from '../../../core/model/index.ts';
import { maxFrameBytes } from './frame.ts';

/** Raised when older programs could not read what newer ones write. */
const format = 1;

const digest = z.string().refine(isDigest);
const count = z.number().int().nonnegative();
// A name of a file beside the index: it must not lead anywhere else.
const fileName = z.string().regex(/^(?!\.{1,2}$)[^/\\\0]+$/);

const bundleSchema = z.object({
  apiVersion: z.literal(apiVersion),
  kind: z.literal('Bundle'),
  format: z.literal(format),
  id: z.string().regex(/^[\w-]{1,64}$/),
  images: z.array(z.object({ name: z.string(), digest, mediaType: z.string(), size: count })),
  volumes: z.array(z.object({ file: fileName, size: count, sha256: z.string().regex(/^[a-f0-9]{64}$/) })),
  blobs: z.array(
    z.object({
      digest,
      size: count,
      volume: count,
      offset: count,
      frames: z.array(count.max(maxFrameBytes)),
      in: z.string(),
    }),
  ),
  needs: z.array(z.object({ digest, in: z.string().optional() })),
});

/**
 * The index of a bundle, the JSON file beside its volumes. `images` lists referrers too, under the tags that stand for
 * them; `needs` are blobs that were left out because the far side has them; `in` is a repository that held the blob.
 */
export type Bundle = z.infer<typeof bundleSchema>;
export type BundledBlob = Bundle['blobs'][number];
export type BundledImage = Bundle['images'][number];

export function formatBundle(bundle: Omit<Bundle, 'apiVersion' | 'kind' | 'format'>): string {
  return `${JSON.stringify({ apiVersion, kind: 'Bundle', format, ...bundle })}\n`;
}

const versionSchema = z.object({ apiVersion: z.string(), kind: z.literal('Bundle'), format: z.number() });

/** Throws PM_BUNDLE_BROKEN, and PM_BUNDLE_NEWER for what a later program wrote. */
export function parseBundle(text: string, file: string): Bundle {
  const json = parseJson(text);
  const version = versionSchema.safeParse(json);
  if (version.success && (version.data.format > format || version.data.apiVersion !== apiVersion)) {
    const told = version.data.format > format ? String(version.data.format) : version.data.apiVersion;
    throw new PullmendError('PM_BUNDLE_NEWER', { file, version: told });
  }
  const read = bundleSchema.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const reason = version.success ? `${issue?.path.join('.') ?? ''} is wrong` : 'it is no index of a bundle';
  throw new PullmendError('PM_BUNDLE_BROKEN', { file, reason });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

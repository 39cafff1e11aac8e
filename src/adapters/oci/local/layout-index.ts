import * as z from 'zod';
import { PullmendError } from '../../../core/base/index.ts';
import { isDigest, isReferrersTag, mediaType } from '../../../core/image/index.ts';
import { readDocument, type Content } from './content.ts';

export const indexFile = 'index.json';
export const layoutFile = 'oci-layout';
export const layoutText = '{"imageLayoutVersion":"1.0.0"}';

/** An index of thousands of images stays below; more is no index. */
const maxIndexBytes = 32 * 1024 * 1024;

/** Names of images that an error tells. */
const mostNamesTold = 5;

/** Name of a manifest in a layout (OCI image-spec, annotations.md). */
export const nameAnnotation = 'org.opencontainers.image.ref.name';
/** The whole name, which containerd gives an image that it imports (containerd, images/annotations.go). */
export const fullNameAnnotation = 'io.containerd.image.name';

const entrySchema = z.looseObject({
  mediaType: z.string().default(''),
  digest: z.string().refine(isDigest),
  size: z.number().int().nonnegative(),
  annotations: z.record(z.string(), z.string()).nullish(),
});

const indexSchema = z.looseObject({ manifests: z.array(entrySchema) });

/** A manifest that a layout names; unknown fields stay. */
export type LayoutEntry = z.infer<typeof entrySchema>;
export type LayoutIndex = z.infer<typeof indexSchema>;

export const emptyIndex: LayoutIndex = { schemaVersion: 2, mediaType: mediaType.ociIndex, manifests: [] };

/** Throws PM_IMAGES_BROKEN. */
export async function readLayoutIndex(content: Content): Promise<LayoutIndex> {
  return parseIndex(await readDocument(content, indexFile, maxIndexBytes), content.place);
}

export function parseIndex(bytes: Uint8Array, place: string): LayoutIndex {
  try {
    return indexSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (cause) {
    throw new PullmendError('PM_IMAGES_BROKEN', { place, reason: `${indexFile} is no index` }, { cause });
  }
}

export function nameOf(entry: LayoutEntry): string | undefined {
  return entry.annotations?.[nameAnnotation];
}

/**
 * The entry of a name; of several the last one, which is the newest. The empty name means the only image.
 * Throws PM_IMAGE_UNNAMED.
 */
export function findEntry(index: LayoutIndex, name: string, place: string): LayoutEntry | undefined {
  if (name !== '') {
    return (
      index.manifests.findLast((entry) => nameOf(entry) === name) ??
      index.manifests.findLast((entry) => entry.annotations?.[fullNameAnnotation] === name)
    );
  }
  // Referrers and their lists are no images of their own.
  const images = index.manifests.filter((entry) => !isReferrersTag(nameOf(entry) ?? ''));
  const named = images.map((entry) => nameOf(entry) ?? entry.digest);
  if (new Set(images.map(({ digest }) => digest)).size > 1) {
    throw new PullmendError('PM_IMAGE_UNNAMED', {
      place,
      known: [...new Set(named)].toSorted().slice(0, mostNamesTold),
    });
  }
  return images.at(-1);
}

/** The index with a manifest under a name, in place of what had it; without a name only its digest leads there. */
export function withEntry(
  index: LayoutIndex,
  entry: Pick<LayoutEntry, 'mediaType' | 'digest' | 'size'>,
  name: string,
): LayoutIndex {
  const others = index.manifests.filter((other) =>
    name === '' ? other.digest !== entry.digest || nameOf(other) !== undefined : nameOf(other) !== name,
  );
  const full = name.includes('/') ? { [fullNameAnnotation]: name } : {};
  const annotations = name === '' ? {} : { annotations: { [nameAnnotation]: name, ...full } };
  return { ...index, manifests: [...others, { ...entry, ...annotations }] };
}

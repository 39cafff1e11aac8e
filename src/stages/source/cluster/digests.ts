import { formatReference, repositoryName, tryParseReference } from '../../../core/image/index.ts';
import { asObjects, asText, dig, podSurfaces } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../core/model/index.ts';

/** Collects what images really were on the nodes. */
export type ImageIds = {
  add(pod: JsonObject): void;
  /** Digests that pods ran these images with, by normalised reference; sorted. */
  digestsOf(references: Iterable<string>): Readonly<Record<string, readonly string[]>>;
};

export function imageIds(): ImageIds {
  /** `status.imageID` by the image as the pod names it: few strings, however many pods there are. */
  const idsByImage = new Map<string, Set<string>>();
  return {
    add: (pod) => {
      const images = new Map(podSurfaces(pod.spec).map(({ name, image }) => [name, image]));
      for (const list of ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses']) {
        for (const { name, imageID } of asObjects(dig(pod, 'status', list))) {
          const image = images.get(asText(name) ?? '');
          const id = asText(imageID);
          if (image === undefined || id === undefined) continue;
          idsByImage.set(image, (idsByImage.get(image) ?? new Set()).add(id));
        }
      }
    },
    digestsOf: (references) => {
      const wanted = new Set(references);
      const known = new Map<string, Set<string>>();
      for (const [image, ids] of idsByImage) {
        const name = normalise(image);
        if (name === undefined || !wanted.has(name)) continue;
        const digests = known.get(name) ?? new Set<string>();
        for (const id of ids) for (const digest of digestIn(id, name)) digests.add(digest);
        if (digests.size > 0) known.set(name, digests);
      }
      const sorted = [...known].toSorted(([a], [b]) => (a < b ? -1 : 1));
      return Object.fromEntries(sorted.map(([name, digests]) => [name, [...digests].toSorted()]));
    },
  };
}

/**
 * The manifest digest in an `imageID`: `docker-pullable://x@sha256:…` (docker) or `x@sha256:…` (containerd, CRI-O).
 * A bare `sha256:…` is the digest of the config and says nothing; so does a digest of another repository, which
 * may be a re-packed copy of the same layers.
 */
function digestIn(imageId: string, name: string): readonly string[] {
  const ran = tryParseReference(imageId.replace(/^docker-pullable:\/\//, ''));
  const asked = tryParseReference(name);
  if (ran?.digest === undefined || asked === undefined) return [];
  return repositoryName(ran) === repositoryName(asked) ? [ran.digest] : [];
}

function normalise(image: string): string | undefined {
  const reference = tryParseReference(image);
  return reference === undefined ? undefined : formatReference(reference);
}

import type { Kube } from '../../../../adapters/kube/index.ts';
import { formatReference, tryParseReference } from '../../../../core/image/index.ts';
import { asList, asObjects, asText, dig, objectRef } from '../../../../core/knowledge/pods/index.ts';
import type { ImageListing, ImagesFound, JsonObject, Usage } from '../../../../core/model/index.ts';
import { imagesOfDocument } from '../../images-of.ts';
import { imagesOfPods } from './pod-images.ts';

/** `nodeStatusMaxImages` of the kubelet, unless somebody set it. */
const reportedAtMost = 50;

/**
 * What a node's runtime has, as its kubelet reports it (`status.images`), and what the node's pods use. Errors:
 * PM_NOT_FOUND, PM_FORBIDDEN.
 */
export async function imagesOfNode(kube: Kube, name: string, signal?: AbortSignal): Promise<ImageListing> {
  const node = await kube.get({ apiVersion: 'v1', kind: 'Node', name });
  const pods = await kube.list('Pod', {
    fieldSelector: `spec.nodeName=${name}`,
    ...(signal === undefined ? {} : { signal }),
  });
  const { owners, found } = await imagesOfPods(kube, pods);
  const templates = [...owners.values()].map((owner) => imagesOfDocument(owner));
  const used: ImagesFound = {
    usages: [...templates, found]
      .flatMap(({ usages }) => usages)
      .filter(({ reason }) => reason === 'pod-field'),
    lookAlikes: [],
  };
  const reported = asObjects(dig(node, 'status', 'images'));
  return {
    groups: [{ usages: [...used.usages, ...imagesInRuntime(node, reported)], lookAlikes: [] }],
    notes: reported.length === reportedAtMost ? [{ kind: 'node-images-cut', count: reportedAtMost }] : [],
  };
}

/** Under each of its tags; under its digest only when it has none. */
function imagesInRuntime(node: JsonObject, reported: readonly JsonObject[]): readonly Usage[] {
  const object = objectRef(node);
  return reported.flatMap(({ names }, index) => {
    const all = asList(names).flatMap((text, at) => {
      const image = asText(text) ?? '';
      const reference = tryParseReference(image);
      return reference === undefined
        ? []
        : [{ image, reference, path: `/status/images/${index}/names/${at}` }];
    });
    const tagged = all.filter(({ reference }) => reference.digest === undefined);
    return (tagged.length > 0 ? tagged : all).map(({ image, reference, path }) => ({
      image,
      reference: formatReference(reference),
      place: 'runtime' as const,
      name: '',
      object,
      path,
    }));
  });
}

import type { Kube } from '../../adapters/kube/index.ts';
import { isError } from '../../core/base/index.ts';
import { normaliseImage, tryParseReference } from '../../core/image/index.ts';
import { readField } from '../../core/edit/index.ts';
import {
  dig,
  digText,
  isOver,
  kindInfo,
  mirrorPodAnnotation,
  objectRef,
  podSurfaces,
} from '../../core/knowledge/pods/index.ts';
import { originalsAnnotation } from '../../core/knowledge/prevention/index.ts';
import type { JsonObject } from '../../core/model/index.ts';

/** An image that pods bring or will bring: of how many that exist, and in which namespaces. */
export type UsedImage = {
  readonly image: string;
  readonly pods: number;
  readonly namespaces: ReadonlySet<string>;
};

/** Kinds whose pods will come; what they own is of the same templates. */
const withTemplates = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'];

/**
 * Every image of every pod that is not over, and of the templates of workloads, by its full name. Static pods are left
 * out: nothing reaches them.
 */
export async function usedImages(kube: Kube, signal: AbortSignal): Promise<readonly UsedImage[]> {
  const found = new Map<string, { pods: number; readonly namespaces: Set<string> }>();
  const note = (images: Iterable<string>, object: JsonObject, pods: number): void => {
    const { namespace = '' } = objectRef(object);
    for (const image of new Set(images)) {
      const one = found.get(image) ?? { pods: 0, namespaces: new Set() };
      one.pods += pods;
      one.namespaces.add(namespace);
      found.set(image, one);
    }
  };
  for await (const page of kube.pages('Pod', { signal })) {
    for (const pod of page) {
      if (isOver(pod) || dig(pod, 'metadata', 'annotations', mirrorPodAnnotation) !== undefined) continue;
      note([...imagesOf(pod.spec), ...originalsOf(pod)], pod, 1);
    }
  }
  for (const kind of withTemplates) {
    const path = kindInfo(kind)?.podSpecPath ?? '';
    for (const object of await listed(kube, kind, signal)) note(imagesOf(readField(object, path)), object, 0);
  }
  return [...found]
    .map(([image, one]) => ({ image, ...one }))
    .toSorted((a, b) => a.image.localeCompare(b.image, 'en'));
}

function imagesOf(spec: unknown): readonly string[] {
  return podSurfaces(spec as JsonObject).map(({ image }) => normaliseImage(image));
}

/** What the pod came with before the policy gave it other names. */
function originalsOf(pod: JsonObject): readonly string[] {
  const said = digText(pod, 'metadata', 'annotations', originalsAnnotation) ?? '';
  return said.split(',').flatMap((entry) => {
    const image = entry.slice(entry.indexOf('=') + 1);
    return tryParseReference(image) === undefined ? [] : [normaliseImage(image)];
  });
}

/** Whoever may not list them is still told of the pods that exist. */
async function listed(kube: Kube, kind: string, signal: AbortSignal): Promise<readonly JsonObject[]> {
  try {
    return await kube.list(kind, { signal });
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return [];
    throw error;
  }
}

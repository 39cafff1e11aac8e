import type { Kube } from '../../adapters/kube/index.ts';
import { isError } from '../../core/base/index.ts';
import { normaliseImage, tryParseReference } from '../../core/image/index.ts';
import type { ClusterImages } from '../../core/knowledge/mirrors/index.ts';
import {
  asList,
  asObjects,
  asText,
  dig,
  failingSurfaces,
  podSurfaces,
} from '../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../core/model/index.ts';

/** What pods and nodes show of images. */
export type PodImages = ClusterImages & {
  /** Images that fail. */
  readonly wanted: readonly string[];
  /** Pull secrets that pods name, as `namespace/name`. */
  readonly pullSecrets: readonly string[];
  /** What could not be read, as RBAC names it. */
  readonly unread: readonly string[];
};

const statusLists = ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses'];

/** Reads pods (of a namespace, or all) and what the nodes tell of their images; changes nothing. */
export async function readPodImages(
  kube: Kube,
  { namespace, signal }: { readonly namespace?: string; readonly signal?: AbortSignal },
): Promise<PodImages> {
  const found = {
    images: new Set<string>(),
    same: new Map<string, readonly string[]>(),
    wanted: new Set<string>(),
    pullSecrets: new Set<string>(),
    unread: [] as string[],
  };
  const options = signal === undefined ? {} : { signal };
  const where = namespace === undefined ? {} : { namespace };
  const visit = async (kind: 'Pod' | 'Node', scope: object, note: (object: JsonObject) => void) => {
    for await (const page of kube.pages(kind, { ...scope, ...options })) page.forEach(note);
  };
  try {
    await visit('Pod', where, (pod) => notePod(pod, found));
  } catch (error) {
    if (!isError(error, 'PM_FORBIDDEN') || namespace !== undefined) throw error;
    found.unread.push('pods');
    await visit('Pod', { namespace: kube.namespace }, (pod) => notePod(pod, found));
  }
  try {
    await visit('Node', {}, (node) => noteNode(node, found));
  } catch (error) {
    if (!isError(error, 'PM_FORBIDDEN')) throw error;
    found.unread.push('nodes');
  }
  return {
    images: [...found.images],
    sameContent: [...found.same.values()],
    wanted: [...found.wanted],
    pullSecrets: [...found.pullSecrets],
    unread: found.unread,
  };
}

type Found = {
  readonly images: Set<string>;
  readonly same: Map<string, readonly string[]>;
  readonly wanted: Set<string>;
  readonly pullSecrets: Set<string>;
};

function notePod(pod: JsonObject, { images, same, wanted, pullSecrets }: Found): void {
  const failing = new Set(failingSurfaces(pod).map(({ image }) => image));
  const surfaces = podSurfaces(pod.spec);
  for (const { image } of surfaces) {
    if (failing.has(image)) wanted.add(normaliseImage(image));
  }
  for (const status of statusLists.flatMap((list) => asObjects(dig(pod, 'status', list)))) {
    // A container without an ID never had its image.
    const ran = asText(status.imageID)?.replace(/^docker-pullable:\/\//, '');
    const image = surfaces.find(({ name }) => name === status.name)?.image;
    if (ran === undefined || image === undefined || failing.has(image)) continue;
    images.add(normaliseImage(image));
    // A bare `sha256:…` is the digest of a config, not a name.
    if (ran.includes('@')) noteSame([image, ran], same);
  }
  const namespace = asText(dig(pod, 'metadata', 'namespace')) ?? '';
  for (const { name } of asObjects(dig(pod, 'spec', 'imagePullSecrets'))) {
    if (asText(name) !== undefined) pullSecrets.add(`${namespace}/${asText(name)}`);
  }
}

function noteNode(node: JsonObject, { images, same }: Found): void {
  for (const { names } of asObjects(dig(node, 'status', 'images'))) {
    const all = asList(names).flatMap((name) => asText(name) ?? []);
    for (const name of all) {
      if (tryParseReference(name) !== undefined) images.add(normaliseImage(name));
    }
    noteSame(all, same);
  }
}

/** Only names of several repositories say something. */
function noteSame(names: readonly string[], same: Map<string, readonly string[]>): void {
  const references = names.flatMap((name) => tryParseReference(name) ?? []);
  const repositories = new Set(references.map((it) => `${it.registry}/${it.repository}`));
  if (repositories.size > 1) same.set([...repositories].toSorted().join(' '), [...repositories]);
}

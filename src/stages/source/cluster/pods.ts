import type { Kube, ListOptions } from '../../../adapters/kube/index.ts';
import { claimsOf } from '../../../core/knowledge/chains/index.ts';
import {
  asObject,
  asObjects,
  asText,
  dig,
  digText,
  failingSurfaces,
  isOver,
  mirrorPodAnnotation,
  podSurfaces,
  runningContainers,
  type FailingSurface,
} from '../../../core/knowledge/pods/index.ts';
import type { JsonObject, ObjectRef } from '../../../core/model/index.ts';
import { imageIds, type ImageIds } from './digests.ts';

/** Who controls an object, from its `ownerReferences`. */
export type Controller = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
};

/** What is kept of a pod with images that do not arrive: some 0.4 kB of the 5 kB that it has. */
export type FailingPod = {
  readonly ref: ObjectRef & { readonly namespace: string; readonly uid: string };
  readonly node?: string;
  /** ISO 8601. */
  readonly created?: string;
  readonly controller?: Controller;
  /** A static pod's picture in the API. */
  readonly isMirror: boolean;
  readonly pullSecrets: readonly string[];
  /** The fields of its spec that say on which nodes it may run. */
  readonly placing: JsonObject;
  /** By name of the container. */
  readonly images: Readonly<Record<string, string>>;
  readonly failing: readonly FailingSurface[];
  /** Names of containers that run all the same. */
  readonly running?: readonly string[];
  /** Label of the revision of the StatefulSet or DaemonSet that made it. */
  readonly revision?: string;
  /** Label of the generation of the DaemonSet's template. */
  readonly templateGeneration?: string;
  /** Known from its events only: it was deleted, and will be made again. */
  readonly isGone?: true;
};

/** A pod that does not start although none of its images is known to fail. */
export type StuckPod = Pick<FailingPod, 'ref' | 'node' | 'created' | 'controller'> & {
  /** Names of the claims that it mounts. */
  readonly claims: readonly string[];
  /** What the scheduler says of a pod that has no node. */
  readonly unschedulable?: string;
};

export type PodScan = {
  /** How many there were. */
  readonly count: number;
  readonly pods: readonly FailingPod[];
  readonly stuck: readonly StuckPod[];
  readonly imageIds: ImageIds;
};

/** Goes through all pods, page by page, keeping those that fail and the digests that any of them runs. */
export async function scanPods(kube: Kube, options: ListOptions): Promise<PodScan> {
  const pods: FailingPod[] = [];
  const stuck: StuckPod[] = [];
  const ids = imageIds();
  let count = 0;
  for await (const page of kube.pages('Pod', options)) {
    count += page.length;
    for (const pod of page) {
      ids.add(pod);
      const failing = failingPod(pod);
      if (failing !== undefined) pods.push(failing);
      else if (!isOver(pod) && digText(pod, 'status', 'phase') === 'Pending') stuck.push(stuckPod(pod));
    }
  }
  return { count, pods, stuck, imageIds: ids };
}

/** What is kept of a pod; undefined when every image of it arrives, or it is over. */
export function failingPod(pod: JsonObject): FailingPod | undefined {
  const failing = isOver(pod) ? [] : failingSurfaces(pod);
  return failing.length === 0 ? undefined : slimPod(pod, failing);
}

function stuckPod(pod: JsonObject): StuckPod {
  const { ref, node, created, controller } = slimPod(pod, []);
  const scheduled = asObjects(dig(pod, 'status', 'conditions')).find(({ type }) => type === 'PodScheduled');
  const unschedulable = scheduled?.status === 'False' ? asText(scheduled.message) : undefined;
  return {
    ref,
    ...(node === undefined ? {} : { node }),
    ...(created === undefined ? {} : { created }),
    ...(controller === undefined ? {} : { controller }),
    claims: claimsOf(pod),
    ...(unschedulable === undefined ? {} : { unschedulable }),
  };
}

/** What is kept of a pod with these failing surfaces. */
export function slimPod(pod: JsonObject, failing: readonly FailingSurface[]): FailingPod {
  const metadata = asObject(pod.metadata);
  const node = digText(pod, 'spec', 'nodeName');
  const created = asText(metadata.creationTimestamp);
  const controller = controllerOf(pod);
  const surfaces = podSurfaces(pod.spec).filter(({ place }) => place !== 'imageVolume');
  const running = runningContainers(pod);
  const revision = digText(metadata, 'labels', 'controller-revision-hash');
  const templateGeneration = digText(metadata, 'labels', 'pod-template-generation');
  return {
    ref: {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: asText(metadata.namespace) ?? '',
      name: asText(metadata.name) ?? '',
      uid: asText(metadata.uid) ?? '',
    },
    ...(node === undefined ? {} : { node }),
    ...(created === undefined ? {} : { created }),
    ...(controller === undefined ? {} : { controller }),
    isMirror: dig(metadata, 'annotations', mirrorPodAnnotation) !== undefined,
    placing: placingOf(asObject(pod.spec)),
    pullSecrets: asObjects(dig(pod, 'spec', 'imagePullSecrets')).flatMap(({ name }) => asText(name) ?? []),
    images: Object.fromEntries(surfaces.map(({ name, image }) => [name, image])),
    failing,
    ...(running.length === 0 ? {} : { running }),
    ...(revision === undefined ? {} : { revision }),
    ...(templateGeneration === undefined ? {} : { templateGeneration }),
  };
}

/** The owner with `controller: true`; an object has one at most. */
export function controllerOf(object: JsonObject): Controller | undefined {
  const owner = asObjects(dig(object, 'metadata', 'ownerReferences')).find(
    ({ controller }) => controller === true,
  );
  if (owner === undefined) return undefined;
  return {
    apiVersion: asText(owner.apiVersion) ?? '',
    kind: asText(owner.kind) ?? '',
    name: asText(owner.name) ?? '',
    uid: asText(owner.uid) ?? '',
  };
}

function placingOf({ nodeSelector, affinity, tolerations }: JsonObject): JsonObject {
  return {
    ...(nodeSelector === undefined ? {} : { nodeSelector }),
    ...(affinity === undefined ? {} : { affinity }),
    ...(tolerations === undefined ? {} : { tolerations }),
  };
}

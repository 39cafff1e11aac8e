import { volumeNamed } from '../../../../core/knowledge/chains/index.ts';
import { formatReference, tryParseReference } from '../../../../core/image/index.ts';
import { objectRef } from '../../../../core/knowledge/pods/index.ts';
import type { JsonObject, ObjectRef, Usage, Workload } from '../../../../core/model/index.ts';
import { managersOf } from '../managers.ts';
import type { FailingPod } from '../pods.ts';
import { claimsOfVolume } from './claims.ts';
import type { ChainContext, Found } from './context.ts';
import { firstOf } from './events.ts';
import { imageSettings, type ImageSetting } from './image-settings.ts';
import { podsThatRead } from './readers.ts';

/** Pods that a storage provisioner makes, and the objects that tell it their image. */
export type Provisioning = {
  readonly usages: readonly Usage[];
  readonly workloads: readonly Workload[];
  /** By UID of such a pod: the object that names its image. */
  readonly owners: ReadonlyMap<string, ObjectRef>;
};

/**
 * A pod that a provisioner made for one volume is made again and again with the image of the provisioner's own
 * settings: these must change, and the pod that is stuck must go.
 */
export async function provisioning(context: ChainContext, found: Found): Promise<Provisioning> {
  const made = found.culprits.map(({ pod }) => pod).filter((pod) => isMade(pod));
  const byNamespace = Map.groupBy(made, ({ ref }) => ref.namespace);
  const all = await Promise.all(
    [...byNamespace].map(async ([namespace, pods]) => inNamespace(context, namespace, pods, found)),
  );
  return {
    usages: all.flatMap(({ usages }) => usages),
    workloads: all.flatMap(({ workloads }) => workloads),
    owners: new Map(all.flatMap(({ owners }) => [...owners])),
  };
}

function isMade(pod: FailingPod): boolean {
  return pod.controller === undefined && volumeNamed(pod.ref.name) !== undefined;
}

async function inNamespace(
  context: ChainContext,
  namespace: string,
  pods: readonly FailingPod[],
  found: Found,
): Promise<Provisioning> {
  const [deployments, configMaps] = await Promise.all([
    firstOf(context.kube, 'Deployment', undefined, namespace),
    firstOf(context.kube, 'ConfigMap', undefined, namespace),
  ]);
  const usages: Usage[] = [];
  const workloads: Workload[] = [];
  const owners = new Map<string, ObjectRef>();
  for (const object of [...deployments, ...configMaps]) {
    const settings = [...imagesOf(pods)].flatMap((image) =>
      imageSettings(object, image).map((setting) => usageOf(object, image, setting)),
    );
    if (settings.length === 0) continue;
    const images = new Set(settings.map(({ image }) => image));
    const stuck = pods.filter((pod) => [...imagesOf([pod])].some((image) => images.has(image)));
    usages.push(...settings);
    for (const pod of stuck) owners.set(pod.ref.uid, objectRef(object));
    // A provisioner reads a ConfigMap when it starts; newer ones again now and then.
    const readers = await podsThatRead(context.kube, object, deployments);
    const claims = stuck.flatMap(({ ref }) => claimsOfVolume(volumeNamed(ref.name) ?? '', found));
    const living = stuck.filter(({ isGone }) => isGone !== true).map(({ ref }) => ref);
    workloads.push(workloadOf(object, { pods: living, readers, claims }));
  }
  return { usages, workloads, owners };
}

function imagesOf(pods: readonly FailingPod[]): ReadonlySet<string> {
  return new Set(pods.flatMap(({ failing }) => failing.map(({ image }) => image)));
}

function usageOf(object: JsonObject, image: string, setting: ImageSetting): Usage {
  const reference = tryParseReference(image);
  return {
    image,
    ...(reference === undefined ? {} : { reference: formatReference(reference) }),
    place: 'env',
    object: objectRef(object),
    ...setting,
  };
}

function workloadOf(object: JsonObject, provisions: NonNullable<Workload['provisions']>): Workload {
  return {
    ref: objectRef(object),
    object,
    podSpecPath: '',
    managers: managersOf(object, undefined),
    stuckPods: [],
    jobs: [],
    serviceAccountSecrets: [],
    provisions,
  };
}

import type { DirectPlace, Json, PullPolicy } from '../../model/index.ts';
import { asObject, asObjects, asText, dig } from './json.ts';

/** One place of a pod spec that names an image which the kubelet pulls. */
export type PodSurface = {
  readonly place: DirectPlace;
  /** Name of the container or volume. */
  readonly name: string;
  /** As written. */
  readonly image: string;
  readonly pullPolicy?: PullPolicy;
  /** JSON pointer of the image string. */
  readonly path: string;
};

const containerLists = [
  ['initContainers', 'initContainer'],
  ['containers', 'container'],
  ['ephemeralContainers', 'ephemeralContainer'],
] as const;

/**
 * Every image that a pod of this spec pulls: init containers (native sidecars are among them), containers,
 * ephemeral containers and image volumes (KEP-4639). `base` is put before each pointer.
 */
export function podSurfaces(podSpec: Json | undefined, base = ''): readonly PodSurface[] {
  const surfaces: PodSurface[] = [];
  for (const [list, place] of containerLists) {
    for (const [index, container] of asIndexed(dig(podSpec, list))) {
      const path = `${base}/${list}/${index}/image`;
      add(surfaces, { place, path }, container.name, container.image, container.imagePullPolicy);
    }
  }
  for (const [index, volume] of asIndexed(dig(podSpec, 'volumes'))) {
    const path = `${base}/volumes/${index}/image/reference`;
    const source = asObject(volume.image);
    add(surfaces, { place: 'imageVolume', path }, volume.name, source.reference, source.pullPolicy);
  }
  return surfaces;
}

/** Names of the image volumes that a container mounts. */
export function mountedVolumes(podSpec: Json | undefined, container: string): readonly string[] {
  return containerLists.flatMap(([list]) =>
    asObjects(dig(podSpec, list))
      .filter((candidate) => candidate.name === container)
      .flatMap((candidate) => asObjects(candidate.volumeMounts))
      .flatMap((mount) => asText(mount.name) ?? []),
  );
}

/** Objects of a list with their index in it, which counts other entries too. */
function asIndexed(list: Json | undefined): readonly (readonly [number, ReturnType<typeof asObject>])[] {
  return (Array.isArray(list) ? list : []).map((entry, index) => [index, asObject(entry)] as const);
}

function add(
  surfaces: PodSurface[],
  where: Pick<PodSurface, 'place' | 'path'>,
  name: Json | undefined,
  image: Json | undefined,
  policy: Json | undefined,
): void {
  const written = asText(image);
  if (written === undefined) return;
  const pullPolicy = pullPolicyOf(policy);
  surfaces.push({
    place: where.place,
    name: asText(name) ?? '',
    image: written,
    ...(pullPolicy === undefined ? {} : { pullPolicy }),
    path: where.path,
  });
}

function pullPolicyOf(policy: Json | undefined): PullPolicy | undefined {
  return policy === 'Always' || policy === 'IfNotPresent' || policy === 'Never' ? policy : undefined;
}

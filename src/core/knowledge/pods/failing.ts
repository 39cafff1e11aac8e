import { normaliseImage, tryParseReference } from '../../image/index.ts';
import type { JsonObject } from '../../model/index.ts';
import { asObject, asObjects, asText, dig, digText } from './json.ts';
import { mountedVolumes, podSurfaces, type PodSurface } from './surfaces.ts';

/**
 * Waiting reasons that say that an image does not arrive (kubernetes: pkg/kubelet/images/types.go and
 * cri-api/pkg/errors). `ContainerCreating` says nothing yet; `CreateContainerError` comes after the pull.
 */
export const pullReasons: ReadonlySet<string> = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ImageInspectError',
  'ErrImageNeverPull',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);

/**
 * The waiting reason of a container whose image is being pulled, told as the reason of a pull that does not end. Where
 * the pod has init containers the kubelet says `PodInitializing` instead, of all of them alike.
 */
export const stalledReason = 'ContainerCreating';

/** The waiting reason of a container whose turn has not come. */
export const notTriedReason = 'PodInitializing';

/** A surface of a live pod whose image does not arrive, in the kubelet's words. */
export type FailingSurface = PodSurface & {
  /** The container that waits: for an image volume the first one that mounts it. */
  readonly waiting: string;
  readonly reason: string;
  /** `state.waiting.message`; may be empty or hold no cause. */
  readonly message: string;
};

const statusLists = [
  ['initContainerStatuses', 'initContainer'],
  ['containerStatuses', 'container'],
  ['ephemeralContainerStatuses', 'ephemeralContainer'],
] as const;

/**
 * The surfaces of a pod that wait for their image, whatever the pod's phase: a restarted container, a restarted
 * sidecar and an ephemeral container wait in a pod that is `Running`. Pointers are those of the pod.
 */
export function failingSurfaces(pod: JsonObject): readonly FailingSurface[] {
  const surfaces = podSurfaces(pod.spec, '/spec');
  const found = new Map<string, FailingSurface>();
  for (const [list, place] of statusLists) {
    for (const status of asObjects(dig(pod, 'status', list))) {
      const waiting = asObject(dig(status, 'state', 'waiting'));
      const reason = asText(waiting.reason) ?? '';
      const name = asText(status.name);
      const own = surfaces.find((surface) => surface.place === place && surface.name === name);
      if (own === undefined || !pullReasons.has(reason)) continue;
      const message = asText(waiting.message) ?? '';
      const surface = blamed(own, surfaces, pod, message);
      if (!found.has(surface.path)) {
        found.set(surface.path, { ...surface, waiting: own.name, reason, message });
      }
    }
  }
  return [...found.values(), ...untried(pod, surfaces, [...found.values()])];
}

/**
 * Containers that wait for an init container whose image does not arrive, and whose own image is of the same
 * registry: they will fail in the same way as soon as it is their turn. Whether they do is for the diagnosis to say.
 */
function untried(
  pod: JsonObject,
  surfaces: readonly PodSurface[],
  failing: readonly FailingSurface[],
): readonly FailingSurface[] {
  const blocking = failing.filter(({ place }) => place === 'initContainer');
  const registries = new Set(blocking.flatMap(({ image }) => tryParseReference(image)?.registry ?? []));
  return statusLists.flatMap(([list, place]) =>
    asObjects(dig(pod, 'status', list)).flatMap((status) => {
      const own = surfaces.find((surface) => surface.place === place && surface.name === asText(status.name));
      const waits = digText(status, 'state', 'waiting', 'reason') === notTriedReason;
      const registry = own === undefined ? undefined : tryParseReference(own.image)?.registry;
      if (own === undefined || !waits || registry === undefined || !registries.has(registry)) return [];
      return [{ ...own, waiting: own.name, reason: notTriedReason, message: '' }];
    }),
  );
}

/**
 * An image volume that cannot be pulled puts its reason on every container that mounts it (kubelet 1.31+, KEP-4639);
 * only the image named in the text tells it from the container's own.
 */
function blamed(
  own: PodSurface,
  surfaces: readonly PodSurface[],
  pod: JsonObject,
  message: string,
): PodSurface {
  const mounted = mountedVolumes(pod.spec, own.name);
  const volumes = surfaces.filter(({ place, name }) => place === 'imageVolume' && mounted.includes(name));
  if (volumes.length === 0) return own;
  const named = imagesIn(message);
  if (named.has(normaliseImage(own.image))) return own;
  return volumes.find((volume) => named.has(normaliseImage(volume.image))) ?? own;
}

/** Image names in a message: quoted (kubelet, containerd) or with a transport (CRI-O's `docker://x`). */
function imagesIn(message: string): ReadonlySet<string> {
  const words = message.matchAll(/\\?"([^"\\\s]+)\\?"|docker:\/\/([^\s"]+?)(?=:?(?:[\s"]|$))/g);
  return new Set([...words].map(([, quoted, transport]) => normaliseImage(quoted ?? transport ?? '')));
}

const backOff = /^Back-off pulling image "[^"]*"(?:: )?/;

/**
 * The cause in a waiting message, or undefined when it has none. Kubelets before 1.32 say only
 * `Back-off pulling image "x"` between two attempts; newer ones add the last error behind it (PR #127918).
 */
export function causeIn(message: string): string | undefined {
  const text = message.replace(backOff, '').trim();
  return text === '' ? undefined : text;
}

/** True when the pod cannot be helped any more: it ended, or it is being deleted. */
export function isOver(pod: JsonObject): boolean {
  const phase = digText(pod, 'status', 'phase');
  return (
    phase === 'Succeeded' || phase === 'Failed' || digText(pod, 'metadata', 'deletionTimestamp') !== undefined
  );
}

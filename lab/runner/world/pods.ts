import type { KubeObject } from './kube.ts';

type ContainerStatus = {
  readonly name: string;
  readonly image: string;
  readonly imageID?: string;
  readonly ready?: boolean;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly running?: object;
    readonly terminated?: { readonly exitCode: number; readonly reason?: string };
  };
};

export type Pod = KubeObject & {
  readonly spec: { readonly nodeName?: string };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly ephemeralContainerStatuses?: readonly ContainerStatus[];
  };
};

export type Waiting = {
  readonly pod: string;
  readonly node: string;
  readonly container: string;
  readonly reason: string;
  readonly message: string;
};

/** The pods that an object owns, directly or through ReplicaSets and Jobs; a pod owns itself. */
export function podsOf(
  objectKey: string,
  pods: readonly Pod[],
  between: readonly KubeObject[],
): readonly Pod[] {
  const owned = (object: KubeObject): boolean =>
    keyOf(object) === objectKey ||
    (object.metadata.ownerReferences ?? []).some(
      (owner) =>
        `${owner.kind}/${owner.name}` === objectKey ||
        between.some((middle) => middle.metadata.uid === owner.uid && owned(middle)),
    );
  return pods.filter((pod) => pod.metadata.deletionTimestamp === undefined && owned(pod));
}

export function keyOf(object: KubeObject): string {
  return `${object.kind}/${object.metadata.name}`;
}

/** What the kubelet says of the waiting containers of a pod, of every kind of container. */
export function waitingOf(pod: Pod): readonly Waiting[] {
  return statusesOf(pod).flatMap(({ name, state }) =>
    state?.waiting === undefined
      ? []
      : [
          {
            pod: pod.metadata.name,
            node: pod.spec.nodeName ?? '',
            container: name,
            reason: state.waiting.reason ?? '',
            message: state.waiting.message ?? '',
          },
        ],
  );
}

/**
 * The kubelet runs every container of the pod with an image that it has: condition Ready, or ended well.
 * An ephemeral container does not count, the kubelet does not either.
 */
export function isRunning(pod: Pod): boolean {
  const containers = [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])];
  const ready = (pod.status?.conditions ?? []).some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );
  return (
    containers.length > 0 &&
    containers.every(({ imageID }) => imageID !== undefined && imageID !== '') &&
    (ready || pod.status?.phase === 'Succeeded')
  );
}

/** One line a pod, as `kubectl get pods` would say it, with the kubelet's own words. */
export function describePod(pod: Pod): string {
  const containers = statusesOf(pod).map(
    (status) => `${status.name} [${status.image}] ${describeState(status)}`,
  );
  const { name, deletionTimestamp } = pod.metadata;
  const ending = deletionTimestamp === undefined ? '' : ' (being deleted)';
  const state = containers.length === 0 ? [describeConditions(pod)] : containers;
  return `${name}${ending} on ${pod.spec.nodeName ?? 'no node'}: ${pod.status?.phase ?? '?'}; ${state.join('; ')}`;
}

function describeConditions(pod: Pod): string {
  return (pod.status?.conditions ?? []).map(({ type, status }) => `${type}=${status}`).join(' ');
}

function describeState({ state }: ContainerStatus): string {
  if (state?.waiting) return `waiting ${state.waiting.reason ?? ''}: ${state.waiting.message ?? ''}`;
  if (state?.terminated) return `ended ${state.terminated.exitCode} ${state.terminated.reason ?? ''}`;
  return state?.running ? 'running' : 'unknown';
}

function statusesOf({ status }: Pod): readonly ContainerStatus[] {
  return [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
    ...(status?.ephemeralContainerStatuses ?? []),
  ];
}

import { pullReasons } from '../../core/knowledge/pods/index.ts';
import type { Expectation } from '../../core/model/index.ts';
import type { ContainerStatus, PodObject } from './types.ts';

/** `old`: the pod still names another image; `blocked`: another container of it cannot be pulled. */
export type PodState =
  | { readonly is: 'old' }
  | { readonly is: 'proved' }
  | { readonly is: 'waiting'; readonly reason: string }
  | { readonly is: 'failing'; readonly reason: string };

/** Judges one pod by the kubelet's word: the image is there (imageID) and the container started at least once. */
export function judgePod(pod: PodObject, expected: readonly Expectation[]): PodState {
  if (!expected.every((e) => imageOf(pod, e) === e.imageAfter)) return { is: 'old' };
  let waiting: string | undefined;
  for (const expectation of expected) {
    const status = statusOf(pod, expectation);
    if (expectation.place === 'imageVolume' ? volumeMounted(pod) : started(status)) continue;
    const reason = status?.state?.waiting;
    const text = reason?.message ?? reason?.reason ?? unscheduled(pod) ?? pod.status?.phase ?? 'Pending';
    if (reason?.reason !== undefined && pullReasons.has(reason.reason))
      return { is: 'failing', reason: text };
    waiting ??= text;
  }
  return waiting === undefined ? { is: 'proved' } : { is: 'waiting', reason: waiting };
}

/** A container that the step did not touch cannot be pulled, which holds up the roll-out of the pod. */
export function blockedElsewhere(pod: PodObject, expected: readonly Expectation[]): boolean {
  const touched = new Set(expected.map((e) => e.container));
  return statuses(pod).some(
    ({ name, state }) => !touched.has(name ?? '') && pullReasons.has(state?.waiting?.reason ?? ''),
  );
}

function started(status: ContainerStatus | undefined): boolean {
  if (status === undefined || (status.imageID ?? '') === '') return false;
  const { state, restartCount } = status;
  return state?.running !== undefined || state?.terminated !== undefined || (restartCount ?? 0) > 0;
}

/** The kubelet pulls image volumes before it starts a container, so a started one proves them. */
function volumeMounted(pod: PodObject): boolean {
  return statuses(pod).some(started);
}

function statusOf(pod: PodObject, { place, container }: Expectation): ContainerStatus | undefined {
  const list = place === 'initContainer' ? pod.status?.initContainerStatuses : pod.status?.containerStatuses;
  if (place === 'imageVolume') return statuses(pod).find((s) => s.state?.waiting !== undefined);
  return list?.find((status) => status.name === container);
}

function imageOf(pod: PodObject, { place, container }: Expectation): string | undefined {
  if (place === 'imageVolume') return pod.spec?.volumes?.find((v) => v.name === container)?.image?.reference;
  const list = place === 'initContainer' ? pod.spec?.initContainers : pod.spec?.containers;
  return list?.find((c) => c.name === container)?.image;
}

function statuses(pod: PodObject): readonly ContainerStatus[] {
  return [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
}

function unscheduled(pod: PodObject): string | undefined {
  return pod.status?.conditions?.find((c) => c.type === 'PodScheduled' && c.status === 'False')?.message;
}

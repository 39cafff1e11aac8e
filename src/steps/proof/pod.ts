import { tryParseReference } from '../../core/image/index.ts';
import { pullReasons } from '../../core/knowledge/pods/index.ts';
import type { Expectation } from '../../core/model/index.ts';
import type { ContainerStatus, PodObject } from './types.ts';

/**
 * `old`: the pod still names another image; `elsewhere`: it cannot start for a reason that no image of the step
 * cures; `other-image`: the kubelet has another content under the new name than was planned.
 */
export type PodState =
  | { readonly is: 'old' }
  | { readonly is: 'proved' }
  | { readonly is: 'waiting'; readonly reason: string }
  | { readonly is: 'elsewhere'; readonly reason: string; readonly noPlace?: true }
  | { readonly is: 'failing'; readonly reason: string }
  | { readonly is: 'other-image'; readonly reason: string };

/** The kubelet says these after it has the image: what is missing then is something else. */
const afterThePull: ReadonlySet<string> = new Set([
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'PreCreateHookError',
  'PostStartHookError',
]);

/** Judges one pod by the kubelet's word: the image is there (imageID) and the container started at least once. */
export function judgePod(pod: PodObject, expected: readonly Expectation[]): PodState {
  if (!expected.every((e) => imageOf(pod, e) === e.imageAfter)) return { is: 'old' };
  let open: PodState | undefined;
  for (const expectation of expected) {
    const status = statusOf(pod, expectation);
    const foreign = foreignDigest(status, expectation);
    if (foreign !== undefined) return { is: 'other-image', reason: foreign };
    if (expectation.place === 'imageVolume' ? volumeMounted(pod) : started(status)) continue;
    const state = unstarted(pod, status);
    if (state.is === 'failing') return state;
    open ??= state;
  }
  return open ?? { is: 'proved' };
}

function unstarted(pod: PodObject, status: ContainerStatus | undefined): PodState {
  const { reason, message } = status?.state?.waiting ?? {};
  const unscheduled = pod.status?.conditions?.find((c) => c.type === 'PodScheduled' && c.status === 'False');
  const text = message ?? reason ?? unscheduled?.message ?? pod.status?.phase ?? 'Pending';
  if (reason !== undefined && pullReasons.has(reason)) return { is: 'failing', reason: text };
  if (reason !== undefined && afterThePull.has(reason)) return { is: 'elsewhere', reason: text };
  const prepares = failedInit(pod);
  if (reason === 'PodInitializing' && prepares !== undefined) return { is: 'elsewhere', reason: prepares };
  if (unscheduled?.reason === 'Unschedulable')
    return { is: 'elsewhere', reason: unscheduled.message ?? text, noPlace: true };
  return { is: 'waiting', reason: text };
}

/** An init container that was started and ends with an error: no image keeps the containers after it. */
function failedInit({ status }: PodObject): string | undefined {
  const failed = status?.initContainerStatuses?.find(
    ({ state, restartCount }) =>
      state?.waiting?.reason === 'CrashLoopBackOff' ||
      (state?.terminated?.exitCode ?? 0) !== 0 ||
      ((restartCount ?? 0) > 0 && state?.running === undefined),
  );
  if (failed === undefined) return undefined;
  const { waiting, terminated } = failed.state ?? {};
  const text = waiting?.message ?? terminated?.message ?? terminated?.reason ?? waiting?.reason ?? 'Error';
  return `init container ${failed.name ?? ''}: ${text}`;
}

/**
 * What the kubelet has under the new name when that is not what was planned. A digest that it tells under another
 * name says nothing: one content may have several indexes.
 */
function foreignDigest(
  status: ContainerStatus | undefined,
  { imageAfter, digests = [] }: Expectation,
): string | undefined {
  const told = tryParseReference((status?.imageID ?? '').replace(/^docker-pullable:\/\//, ''));
  const asked = tryParseReference(imageAfter);
  if (digests.length === 0 || told?.digest === undefined || asked === undefined) return undefined;
  if (told.registry !== asked.registry || told.repository !== asked.repository) return undefined;
  return digests.includes(told.digest) ? undefined : told.digest;
}

/** A container that the step did not touch cannot be pulled, which holds up the roll-out of the pod. */
export function blockedElsewhere(pod: PodObject, expected: readonly Expectation[]): boolean {
  const touched = new Set(expected.map((e) => e.container));
  return statuses(pod).some(
    ({ name, state }) => !touched.has(name ?? '') && pullReasons.has(state?.waiting?.reason ?? ''),
  );
}

/** No container of the pod has ever started: nothing is lost with it. */
export function neverRan(pod: PodObject): boolean {
  return !statuses(pod).some(started);
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

export function statusOf(pod: PodObject, { place, container }: Expectation): ContainerStatus | undefined {
  const list = place === 'initContainer' ? pod.status?.initContainerStatuses : pod.status?.containerStatuses;
  if (place === 'imageVolume') return statuses(pod).find((s) => s.state?.waiting !== undefined);
  return list?.find((status) => status.name === container);
}

export function imageOf(pod: PodObject, { place, container }: Expectation): string | undefined {
  if (place === 'imageVolume') return pod.spec?.volumes?.find((v) => v.name === container)?.image?.reference;
  const list = place === 'initContainer' ? pod.spec?.initContainers : pod.spec?.containers;
  return list?.find((c) => c.name === container)?.image;
}

function statuses(pod: PodObject): readonly ContainerStatus[] {
  return [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
}

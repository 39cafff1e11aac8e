import type { Kube, ListOptions } from '../../../adapters/kube/index.ts';
import { isError } from '../../../core/base/index.ts';
import {
  causeIn,
  digText,
  notTriedReason,
  stalledReason,
  type FailingSurface,
} from '../../../core/knowledge/pods/index.ts';
import type { JsonObject, PullFailure } from '../../../core/model/index.ts';
import type { FailingPod } from './pods.ts';

/** What the cluster says about one failing surface of a pod. */
export type Evidence = Pick<PullFailure, 'message' | 'source' | 'secretWarning'>;

/** Up to this many pods of a namespace are asked for one by one; beyond, the namespace's events cost less. */
const maxPodsAskedSingly = 5;

const pullFailed = 'Failed';
const secretMissing = 'FailedToRetrieveImagePullSecret';

type Note = {
  readonly reason: string;
  readonly field: string;
  readonly message: string;
  readonly at: string;
};

/**
 * Finds the text that holds the cause: the waiting message where it does, else the newest event of that container.
 * Events are read only for pods that need them: those whose message says nothing (kubelet before 1.32), and those
 * with pull secrets, which may be missing.
 */
export async function gatherEvidence(
  kube: Kube,
  pods: readonly FailingPod[],
): Promise<(pod: FailingPod, surface: FailingSurface) => Evidence> {
  const notes = new Map<string, Note[]>();
  const byNamespace = Map.groupBy(pods.filter(needsEvents), ({ ref }) => ref.namespace);
  for (const [namespace, needing] of byNamespace) {
    for (const [uid, note] of await readNotes(kube, namespace, needing)) {
      notes.set(uid, [...(notes.get(uid) ?? []), note]);
    }
  }
  return (pod, surface) => evidenceOf(surface, notes.get(pod.ref.uid) ?? []);
}

function needsEvents(pod: FailingPod): boolean {
  return pod.pullSecrets.length > 0 || lacksCause(pod);
}

function lacksCause(pod: FailingPod): boolean {
  return pod.failing.some(
    ({ reason, message }) => reason !== notTriedReason && causeIn(message) === undefined,
  );
}

async function readNotes(
  kube: Kube,
  namespace: string,
  pods: readonly FailingPod[],
): Promise<readonly (readonly [uid: string, note: Note])[]> {
  const uids = new Set(pods.map(({ ref }) => ref.uid));
  const reasons = pods.some(lacksCause) ? [pullFailed, secretMissing] : [secretMissing];
  const selectors =
    uids.size <= maxPodsAskedSingly
      ? [...uids].map((uid) => `involvedObject.uid=${uid}`)
      : reasons.map((reason) => `involvedObject.kind=Pod,reason=${reason}`);
  const found: (readonly [string, Note])[] = [];
  for (const fieldSelector of selectors) {
    for await (const page of readable(kube, { namespace, fieldSelector })) {
      for (const event of page) {
        const uid = digText(event, 'involvedObject', 'uid') ?? '';
        const note = noteOf(event);
        if (uids.has(uid) && reasons.includes(note.reason)) found.push([uid, note]);
      }
    }
  }
  return found;
}

/** Who may not read events goes without. */
async function* readable(kube: Kube, options: ListOptions): AsyncGenerator<readonly JsonObject[]> {
  try {
    yield* kube.pages('Event', options);
  } catch (error) {
    if (!isError(error, 'PM_FORBIDDEN')) throw error;
  }
}

function noteOf(event: JsonObject): Note {
  return {
    reason: digText(event, 'reason') ?? '',
    field: digText(event, 'involvedObject', 'fieldPath') ?? '',
    message: digText(event, 'message') ?? '',
    // Which of these is set depends on the age of kubelet and API server.
    at:
      digText(event, 'series', 'lastObservedTime') ??
      digText(event, 'lastTimestamp') ??
      digText(event, 'eventTime') ??
      digText(event, 'metadata', 'creationTimestamp') ??
      '',
  };
}

function evidenceOf(surface: FailingSurface, notes: readonly Note[]): Evidence {
  const warning = newest(notes.filter(({ reason }) => reason === secretMissing))?.message;
  const secretWarning = warning === undefined ? {} : { secretWarning: warning };
  const cause = causeIn(surface.message);
  const source = surface.reason === stalledReason ? 'event' : 'waiting';
  if (cause !== undefined) return { message: cause, source, ...secretWarning };
  const event = newest(notes.filter((note) => note.reason === pullFailed && isAbout(note, surface)));
  if (event !== undefined) return { message: event.message, source: 'event', ...secretWarning };
  return { message: '', source: 'none', ...secretWarning };
}

/** The event names container and image: an older one may be about an image that the pod no longer has. */
function isAbout({ field, message }: Note, surface: FailingSurface): boolean {
  // Beside each cause the kubelet says `Error: ErrImagePull`, which holds none.
  if (!field.endsWith(`{${surface.waiting}}`) || message.startsWith('Error: ')) return false;
  const image = /^Failed to pull image "([^"]*)"/.exec(message)?.[1];
  return image === undefined || image === surface.image;
}

function newest(notes: readonly Note[]): Note | undefined {
  return notes.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
}

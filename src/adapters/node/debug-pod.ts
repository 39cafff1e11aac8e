import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isError, PullmendError } from '../../core/base/index.ts';
import { asObjects, dig, digText, objectRef } from '../../core/knowledge/pods/index.ts';
import type { JsonObject, ObjectRef } from '../../core/model/index.ts';
import type { Kube } from '../kube/index.ts';
import { beatCommand, beatSeconds, debugLabel, debugNamespace, debugPod, imagesOn } from './pod.ts';
import { sent } from './script.ts';
import { NodeAccessError, usualSeconds, type NodeShell } from './shell.ts';

/** Images that are tried: one of a strange layout, or removed since the node told of it, must not be the end. */
const maxImages = 5;
/** A container of an image that is there starts in a second or two. */
const startSeconds = 20;
const pollMs = 250;
/** A sandbox that is not there by then may be impossible: the kubelet's events tell, asked at this pace. */
const sandboxMs = 2_000;
/** A pod that has not started by then belongs to nobody any more, however clocks differ. */
const staleMs = 10 * 60_000;

/** A right that entering nodes is quicker with: why a pod has no sandbox stands in an event alone. */
export const nodeEventPermission = { verb: 'list', resource: 'events', namespace: debugNamespace } as const;

/** Rights that entering nodes takes. */
export const nodeAccessPermissions = [
  { verb: 'create', resource: 'pods', namespace: debugNamespace },
  { verb: 'get', resource: 'pods', namespace: debugNamespace },
  { verb: 'list', resource: 'pods', namespace: debugNamespace },
  { verb: 'delete', resource: 'pods', namespace: debugNamespace },
  { verb: 'get', resource: 'pods/exec', namespace: debugNamespace },
  { verb: 'create', resource: 'pods/exec', namespace: debugNamespace },
] as const;

/**
 * Enters a node through a privileged pod made from an image that is there already. Nothing is pulled; the pod is
 * removed by `close`; when this process dies it ends by itself, and the next run removes it. Errors: NodeAccessError;
 * the reason of the signal.
 */
export async function openDebugPod(
  kube: Kube,
  node: JsonObject,
  signal: AbortSignal,
  lookMs = sandboxMs,
): Promise<NodeShell> {
  const images = imagesOn(node).slice(0, maxImages);
  if (images.length === 0) throw new NodeAccessError('no-image', 'the kubelet tells of no image on it');
  await sweepOnce(kube);
  let failure: unknown;
  for (const image of images) {
    try {
      return await start(
        kube,
        debugPod(node, image, `pullmend-node-${randomBytes(4).toString('hex')}`),
        signal,
        lookMs,
      );
    } catch (error) {
      if (!(error instanceof NodeAccessError) || error.reason !== 'not-started') throw error;
      failure = error;
    }
  }
  throw failure;
}

const swept = new WeakSet<Kube>();

/** What killed runs left is removed with the first pod of a command; not being able to is no reason to stop. */
async function sweepOnce(kube: Kube): Promise<void> {
  if (swept.has(kube)) return;
  swept.add(kube);
  await removeLeftovers(kube).catch(() => undefined);
}

async function start(kube: Kube, pod: JsonObject, signal: AbortSignal, lookMs: number): Promise<NodeShell> {
  const created = await create(kube, pod);
  const ref = objectRef(created);
  try {
    await untilRunning(kube, ref, signal, lookMs);
  } catch (error) {
    await remove(kube, ref);
    throw error;
  }
  const beat = setInterval(() => void keepAlive(kube, ref), beatSeconds * 1000);
  // A command that ended without closing must not hang on it.
  beat.unref();
  return {
    access: 'debug-pod',
    run: async (script, options = {}) => {
      const endMark = options.input === undefined ? undefined : randomBytes(8).toString('hex');
      const { command, input } = sent(script, options, endMark);
      const { timeoutSeconds = usualSeconds, maxOutputBytes } = options;
      const call = {
        command: ['/bin/sh', '-c', command],
        input,
        endMark,
        timeoutSeconds,
        maxOutputBytes,
        signal,
      };
      try {
        return await kube.exec(ref, call);
      } catch (error) {
        if (!isError(error, 'PM_EXEC_FAILED')) throw error;
        const { reason } = error.params;
        const isLimit = /no end in time|prints too much/.test(reason);
        throw new NodeAccessError(isLimit ? 'limit' : 'failed', reason, { cause: error });
      }
    },
    close: async () => {
      clearInterval(beat);
      await remove(kube, ref);
    },
  };
}

/** A beat that is lost is no reason to stop: there are several in the time that the pod waits for one. */
async function keepAlive(kube: Kube, ref: ObjectRef): Promise<void> {
  await kube
    .exec(ref, { command: beatCommand, input: '', timeoutSeconds: beatSeconds })
    .catch(() => undefined);
}

async function create(kube: Kube, pod: JsonObject): Promise<JsonObject> {
  try {
    return await kube.create(pod);
  } catch (error) {
    if (!(error instanceof PullmendError)) throw error;
    const reason =
      isError(error, 'PM_FORBIDDEN') || isError(error, 'PM_ADMISSION_DENIED') ? 'forbidden' : 'failed';
    throw new NodeAccessError(reason, error.message, { cause: error });
  }
}

async function untilRunning(kube: Kube, ref: ObjectRef, signal: AbortSignal, lookMs: number): Promise<void> {
  const end = performance.now() + startSeconds * 1000;
  let why = '';
  let nextLook = performance.now() + lookMs;
  while (performance.now() < end) {
    signal.throwIfAborted();
    const pod = await kube.find(ref);
    if (pod === undefined) throw new NodeAccessError('not-started', 'its debug pod was removed');
    if (dig(asObjects(dig(pod, 'status', 'containerStatuses'))[0], 'state', 'running') !== undefined) return;
    why = whyNot(pod);
    // No shell, no image, refused by the kubelet: nothing to wait for.
    if (/Failed|Err|CreateContainer|RunContainer|StartError|InvalidImageName/.test(why)) break;
    if (performance.now() > nextLook) {
      const said = await sandboxFailure(kube, ref);
      // No image starts without one.
      if (said !== undefined) throw new NodeAccessError('failed', `its debug pod gets no sandbox: ${said}`);
      nextLook = performance.now() + lookMs;
    }
    await sleep(pollMs, undefined, { signal });
  }
  throw new NodeAccessError('not-started', `its debug pod does not start: ${why || 'no reason given'}`);
}

/** Why the kubelet can make no sandbox for a pod; undefined while it does not say so, or its events may not be read. */
async function sandboxFailure(kube: Kube, { namespace = '', name }: ObjectRef): Promise<string | undefined> {
  try {
    const fieldSelector = `involvedObject.name=${name},reason=FailedCreatePodSandBox`;
    const [event] = await kube.list('Event', { namespace, fieldSelector });
    return event === undefined ? undefined : (digText(event, 'message') ?? '').slice(0, 300);
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return undefined;
    throw error;
  }
}

function whyNot(pod: JsonObject): string {
  const [container] = asObjects(dig(pod, 'status', 'containerStatuses'));
  const state = dig(container, 'state', 'terminated') ?? dig(container, 'state', 'waiting');
  const phase = digText(pod, 'status', 'phase') === 'Failed' ? 'Failed' : undefined;
  const said = [
    phase,
    digText(state, 'reason'),
    digText(state, 'message') ?? digText(pod, 'status', 'message'),
  ];
  return said
    .filter((each) => each !== undefined)
    .join(': ')
    .slice(0, 300);
}

/** Removes at once, also when the run was interrupted: that it ends by itself is only the last resort. */
async function remove(kube: Kube, ref: ObjectRef): Promise<void> {
  await kube.delete(ref, { gracePeriodSeconds: 0 }).catch(() => undefined);
}

/** Removes debug pods that ended by themselves, or never started: a killed run left them. Others belong to a run. */
export async function removeLeftovers(kube: Kube, now = Date.now()): Promise<void> {
  const pods = await kube.list('Pod', { namespace: debugNamespace, labelSelector: debugLabel });
  const over = pods.filter((pod) => {
    const phase = digText(pod, 'status', 'phase') ?? '';
    const age = now - Date.parse(digText(pod, 'metadata', 'creationTimestamp') ?? '');
    return ['Failed', 'Succeeded'].includes(phase) || (phase === 'Pending' && age > staleMs);
  });
  await Promise.all(over.map(async (pod) => await remove(kube, objectRef(pod))));
}

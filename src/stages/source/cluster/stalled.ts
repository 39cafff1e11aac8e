import pLimit from 'p-limit';
import type { Kube } from '../../../adapters/kube/index.ts';
import { stalledAfterSeconds } from '../../../core/knowledge/failures/index.ts';
import {
  digText,
  podSurfaces,
  stalledReason,
  type FailingSurface,
} from '../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../core/model/index.ts';
import { findReadable, firstOf, timeOf } from './chains/events.ts';
import { slimPod, type FailingPod, type StuckPod } from './pods.ts';

/** Pods that are asked about, two requests each; what holds up more of them is the same node or registry. */
const mostPods = 20;
const concurrency = 8;

/** Events of the kubelet about one pull; `Pulling` comes first, any other ends it. */
const pulling = 'Pulling';
const pullEvents = new Set([pulling, 'Pulled', 'Failed', 'BackOff']);
const containerField = /^spec\.(?:initContainers|containers)\{(.+)\}$/;

/** Pods on a node whose kubelet began to pull an image long ago and has said nothing about it since. */
export async function stalledPods(
  kube: Kube,
  stuck: readonly StuckPod[],
  now: Date,
): Promise<readonly FailingPod[]> {
  const latest = new Date(now.getTime() - stalledAfterSeconds * 1000).toISOString();
  const old = stuck.filter(
    ({ node, created }) => node !== undefined && created !== undefined && created < latest,
  );
  const limit = pLimit(concurrency);
  const looks = old.slice(0, mostPods).map((pod) => limit(async () => await lookAt(kube, pod, latest)));
  return (await Promise.all(looks)).flat();
}

async function lookAt(kube: Kube, { ref }: StuckPod, latest: string): Promise<readonly FailingPod[]> {
  const { uid, name, namespace } = ref;
  const events = await firstOf(kube, 'Event', `involvedObject.uid=${uid}`, namespace);
  const open = openPulls(events).filter((event) => timeOf(event) < latest);
  if (open.length === 0) return [];
  const pod = await findReadable(kube, 'Pod', name, namespace);
  if (pod === undefined || digText(pod, 'metadata', 'uid') !== uid) return [];
  const failing = open.flatMap((event) => surfaceOf(pod, event));
  return failing.length === 0 ? [] : [slimPod(pod, failing)];
}

/** The newest event about each container, where that is the beginning of a pull. */
function openPulls(events: readonly JsonObject[]): readonly JsonObject[] {
  const about = events
    .filter(({ reason }) => pullEvents.has(String(reason)))
    .toSorted((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
  const newest = new Map(about.map((event) => [digText(event, 'involvedObject', 'fieldPath') ?? '', event]));
  return [...newest.values()].filter(({ reason }) => reason === pulling);
}

function surfaceOf(pod: JsonObject, event: JsonObject): readonly FailingSurface[] {
  const field = digText(event, 'involvedObject', 'fieldPath') ?? '';
  const name = containerField.exec(field)?.[1];
  const place = field.startsWith('spec.init') ? 'initContainer' : 'container';
  const own = podSurfaces(pod.spec, '/spec').find((one) => one.place === place && one.name === name);
  const message = digText(event, 'message') ?? '';
  return own === undefined ? [] : [{ ...own, waiting: own.name, reason: stalledReason, message }];
}

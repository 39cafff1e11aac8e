import { readField } from '../../../core/edit/index.ts';
import { normaliseImage } from '../../../core/image/index.ts';
import {
  asObject,
  asObjects,
  asText,
  dig,
  digText,
  kindInfo,
  objectRef,
  podSurfaces,
  type FailingSurface,
  type PodSurface,
} from '../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../core/model/index.ts';
import type { Ownership } from './owners.ts';
import type { FailingPod } from './pods.ts';

/** How a failing surface of a pod stands to the templates above it. */
export type Standing =
  /** The topmost owner names this very image, there. */
  | { readonly is: 'template'; readonly surface: PodSurface }
  /** It names another one, or none, by now: the pod is of an older revision. */
  | { readonly is: 'corrected'; readonly template?: string }
  /** The pod is of the template's revision, and has another image all the same. */
  | { readonly is: 'rewritten'; readonly template: string }
  /** No owner has this container. */
  | { readonly is: 'added' }
  /** The pod itself is what must change: it has no owner that is known, or it is an ephemeral container. */
  | { readonly is: 'own' };

/** What decides it are the templates from the pod's own controller up to the topmost object. */
export function standingOf(pod: FailingPod, { chain }: Ownership, surface: FailingSurface): Standing {
  const top = chain.at(-1);
  if (top === undefined || surface.place === 'ephemeralContainer') return { is: 'own' };
  const named = chain.map((owner) => surfaceIn(owner, surface));
  const atTop = named.at(-1);
  if (atTop !== undefined && isSame(atTop.image, surface.image)) return { is: 'template', surface: atTop };
  const below = named.slice(0, -1);
  if (below.some((one) => one !== undefined && isSame(one.image, surface.image))) {
    return { is: 'corrected', ...(atTop === undefined ? {} : { template: atTop.image }) };
  }
  if (atTop === undefined)
    return below.some((one) => one !== undefined) ? { is: 'corrected' } : missing(pod, top);
  const own = below[0];
  const isCurrent = own === undefined ? isOfRevision(pod, top) : isSame(own.image, atTop.image);
  return { is: isCurrent ? 'rewritten' : 'corrected', template: atTop.image };
}

/** A container that the template lost is still in pods of the revision before. */
function missing(pod: FailingPod, top: JsonObject): Standing {
  return revisionOf(pod, top) === 'older' ? { is: 'corrected' } : { is: 'added' };
}

function isOfRevision(pod: FailingPod, top: JsonObject): boolean {
  const revision = revisionOf(pod, top);
  return revision === 'current' || (revision === 'unknown' && top.kind === 'Job');
}

/**
 * StatefulSets label their pods with the revision and tell the one that they roll out; DaemonSets count the
 * generations of their template (an annotation that apps/v1 still keeps). Others have only the time of the last write.
 */
function revisionOf(pod: FailingPod, top: JsonObject): 'current' | 'older' | 'unknown' {
  const { revision, templateGeneration } = pod;
  switch (top.kind) {
    case 'StatefulSet': {
      const rollsOut = digText(top, 'status', 'updateRevision');
      if (Number(dig(top, 'status', 'observedGeneration')) < Number(dig(top, 'metadata', 'generation')))
        return 'older';
      if (revision === undefined || rollsOut === undefined) return 'unknown';
      return revision === rollsOut ? 'current' : 'older';
    }
    case 'DaemonSet': {
      const annotations = asObject(dig(top, 'metadata', 'annotations'));
      const generation = asText(annotations['deprecated.daemonset.template.generation']);
      if (templateGeneration === undefined || generation === undefined) return 'unknown';
      return templateGeneration === generation ? 'current' : 'older';
    }
    case 'ReplicaSet':
    case 'ReplicationController':
      return wasWrittenAfter(top, pod.created) ? 'older' : 'current';
    default:
      return 'unknown';
  }
}

/** Scaling writes too, but then through a subresource, or without the template among the fields. */
function wasWrittenAfter(top: JsonObject, created: string | undefined): boolean {
  const writes = asObjects(dig(top, 'metadata', 'managedFields'));
  if (writes.length === 0 || created === undefined) return true;
  return writes.some(
    (entry) =>
      (asText(entry.time) ?? '') > created && dig(entry, 'fieldsV1', 'f:spec', 'f:template') !== undefined,
  );
}

function surfaceIn(owner: JsonObject, { place, name }: FailingSurface): PodSurface | undefined {
  const base = podSpecPathOf(owner);
  return podSurfaces(readField(owner, base), base).find((one) => one.place === place && one.name === name);
}

export function podSpecPathOf(object: JsonObject): string {
  const { kind, apiVersion } = objectRef(object);
  return kindInfo(kind, apiVersion)?.podSpecPath ?? '/spec';
}

function isSame(a: string, b: string): boolean {
  return a === b || normaliseImage(a) === normaliseImage(b);
}

import { normaliseImage } from '../../core/image/index.ts';
import { pullReasons } from '../../core/knowledge/pods/index.ts';
import type { Expectation } from '../../core/model/index.ts';
import { imageOf, neverRan, statusOf } from './pod.ts';
import type { PodObject, StalePods } from './types.ts';

/** Pods that may go although a container of theirs runs. */
export type MayEnd = {
  /** Somebody said yes to the end of these. */
  readonly named: readonly string[];
  /** Made from that second on (ISO 8601, the API server's clock): a roll-out of this very run, which nothing is lost with. */
  readonly since?: string;
};

/** Those that wait for the old image; nothing that ran before is among them without a yes. */
export function stalePods(
  pods: readonly PodObject[],
  expect: readonly Expectation[],
  mayEnd: MayEnd,
): StalePods['stale'] {
  return pods.flatMap((pod) => {
    const { name, namespace, uid, resourceVersion, deletionTimestamp } = pod.metadata ?? {};
    if (name === undefined || resourceVersion === undefined || deletionTimestamp !== undefined) return [];
    if (!waits(pod, expect) || !(neverRan(pod) || isMeant(pod, mayEnd))) return [];
    return [
      {
        apiVersion: 'v1',
        kind: 'Pod',
        name,
        resourceVersion,
        ...(namespace === undefined ? {} : { namespace }),
        ...(uid === undefined ? {} : { uid }),
      },
    ];
  });
}

function waits(pod: PodObject, expect: readonly Expectation[]): boolean {
  return expect.some(
    (one) =>
      normaliseImage(imageOf(pod, one) ?? '') === normaliseImage(one.imageBefore) &&
      pullReasons.has(statusOf(pod, one)?.state?.waiting?.reason ?? ''),
  );
}

function isMeant({ metadata }: PodObject, { named, since }: MayEnd): boolean {
  const { name = '', creationTimestamp } = metadata ?? {};
  return named.includes(name) || (since !== undefined && (creationTimestamp ?? '') >= since);
}

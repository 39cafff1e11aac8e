import type { Kube } from '../../../adapters/kube/index.ts';
import { isError } from '../../../core/base/index.ts';
import type { Inventory, PullFailure, Usage } from '../../../core/model/index.ts';
import type { ImageIds } from './digests.ts';
import type { ClusterScope } from './from-cluster.ts';
import type { Nodes } from './nodes.ts';

/** Beyond that many pods of other namespaces what they ran stays unknown: the look-up may not take minutes. */
const mostPods = 20_000;

type Seen = {
  readonly usages: readonly Usage[];
  readonly failures: readonly PullFailure[];
  /** What the pods of the scope ran. */
  readonly ids: ImageIds;
  readonly nodes: Nodes;
};

/**
 * Digests that pods of the whole cluster ran the images with, and those that nodes keep them under: what is known does
 * not hang on the namespace looked at. Only the scope's own where the user may not list all pods.
 */
export async function knownDigests(
  kube: Kube,
  { namespace, selector, names, signal }: ClusterScope,
  { usages, failures, ids, nodes }: Seen,
): Promise<Pick<Inventory, 'knownDigests' | 'namedDigests'>> {
  const isPart = namespace !== undefined || selector !== undefined || names.length > 0;
  if (isPart && failures.length > 0) await addAll(kube, ids, signal);
  const references = [...new Set(usages.flatMap(({ reference }) => reference ?? []))];
  const ran = ids.digestsOf(references);
  const all = references.toSorted().map((reference) => ({ reference, ...nodes.digestsOf(reference) }));
  return {
    knownDigests: byReference(
      all.map(({ reference, pulled }) => [reference, [...(ran[reference] ?? []), ...pulled]]),
    ),
    namedDigests: byReference(all.map(({ reference, named }) => [reference, named])),
  };
}

function byReference(
  all: readonly (readonly [reference: string, digests: readonly string[]])[],
): Inventory['knownDigests'] {
  const sorted = all.map(([reference, digests]) => [reference, [...new Set(digests)].toSorted()] as const);
  return Object.fromEntries(sorted.filter(([, digests]) => digests.length > 0));
}

async function addAll(kube: Kube, ids: ImageIds, signal: AbortSignal | undefined): Promise<void> {
  let count = 0;
  try {
    for await (const page of kube.pages('Pod', signal === undefined ? {} : { signal })) {
      for (const pod of page) ids.add(pod);
      count += page.length;
      if (count >= mostPods) return;
    }
  } catch (error) {
    if (!isError(error, 'PM_FORBIDDEN')) throw error;
  }
}

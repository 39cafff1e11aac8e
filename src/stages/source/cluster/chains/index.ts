import type { Kube } from '../../../../adapters/kube/index.ts';
import { storageClassFindings } from '../../../../core/knowledge/chains/index.ts';
import { parseTargetName } from '../../../../core/knowledge/pods/index.ts';
import type { Chain, ClusterFinding } from '../../../../core/model/index.ts';
import type { Nodes } from '../nodes.ts';
import type { FailingPod, StuckPod } from '../pods.ts';
import { claimChains } from './claims.ts';
import { chainContext, merged, type ChainContext } from './context.ts';
import { mountChains } from './mounts.ts';
import { nodeChains, type SandboxFailure } from './nodes.ts';
import { provisioning, type Provisioning } from './provisioners.ts';
import { refusedPods, type RefusedPods } from './refused.ts';

export type { SandboxFailure } from './nodes.ts';
export { installerFindings } from './installers.ts';
export { releaseChains } from './releases.ts';

/** What keeps things waiting that have no failing image of their own. */
export type Chains = {
  readonly chains: readonly Chain[];
  /** Failing pods at the ends, wherever they are. */
  readonly culprits: readonly FailingPod[];
  readonly sandboxes: readonly SandboxFailure[];
  readonly provisioning: Provisioning;
  readonly findings: readonly ClusterFinding[];
};

/** The part of a cluster whose waiting pods these are. */
export type ChainScope = {
  /** Absent: all namespaces. */
  readonly namespace?: string;
  readonly selector?: string;
  readonly names: readonly string[];
};

/**
 * Follows what waits to what it waits for, also into other namespaces. Costs one request (events of refused pods)
 * where nothing waits, and one for StorageClasses in a whole cluster; labels choose pods, so that controllers without any are not
 * looked for.
 */
export async function readChains(
  kube: Kube,
  stuck: readonly StuckPod[],
  nodes: Nodes,
  scope: ChainScope,
): Promise<Chains> {
  const { namespace, selector, names } = scope;
  const context = chainContext(kube);
  const isWhole = namespace === undefined && selector === undefined && names.length === 0;
  const [claims, refused, mounts, onNodes] = await Promise.all([
    claimChains(context, stuck),
    refusedIn(context, scope),
    mountChains(context, stuck),
    nodeChains(context, stuck, nodes, isWhole),
  ]);
  const { chains, culprits } = merged([onNodes, claims, mounts, refused]);
  const asksForClasses = isWhole || stuck.some((pod) => pod.claims.length > 0);
  const classes = (asksForClasses ? await context.storageClasses() : undefined) ?? [];
  const byUid = new Map(culprits.map(({ pod }) => [pod.ref.uid, pod]));
  return {
    chains,
    culprits: [...byUid.values()],
    sandboxes: onNodes.sandboxes,
    provisioning: await provisioning(context, claims),
    findings: [...storageClassFindings(classes, claims.wantsDefaultClass), ...refused.findings],
  };
}

/** Labels choose pods; who has none is not among them. */
async function refusedIn(
  context: ChainContext,
  { namespace, selector, names }: ChainScope,
): Promise<RefusedPods> {
  if (selector !== undefined) return { ...merged([]), findings: [] };
  const named = new Set(names.map(parseTargetName).map(({ kind: { kind }, name }) => `${kind}/${name}`));
  return await refusedPods(
    context,
    names.length > 0 ? (namespace ?? context.kube.namespace) : namespace,
    ({ kind, name }) => named.size === 0 || named.has(`${kind}/${name}`),
  );
}

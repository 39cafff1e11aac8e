import pLimit from 'p-limit';
import type { Kube } from '../../../adapters/kube/index.ts';
import { normaliseImage } from '../../../core/image/index.ts';
import { readField } from '../../../core/edit/index.ts';
import { digText, isObject, objectRef, parseTargetName } from '../../../core/knowledge/pods/index.ts';
import {
  objectName,
  type ClusterFinding,
  type Inventory,
  type PullFailure,
  type PullSecretFact,
  type Workload,
} from '../../../core/model/index.ts';
import { installerFindings, readChains, releaseChains, type SandboxFailure } from './chains/index.ts';
import { readDeviations } from './deviations/index.ts';
import { withBudgets } from './budgets.ts';
import { gatherEvidence } from './evidence.ts';
import { withKeepers } from './keepers.ts';
import { knownDigests } from './known-digests.ts';
import { readNodes, type Nodes } from './nodes.ts';
import { compareText } from './order.ts';
import { ownerWalk, type Ownership } from './owners.ts';
import { readPullSecrets } from './pull-secrets.ts';
import { scanPods, type FailingPod, type StuckPod } from './pods.ts';
import { stalledPods } from './stalled.ts';
import { notingUnread } from './unread.ts';
import { withServiceAccountSecrets } from './service-accounts.ts';
import { describeWorkloads, needsItself, ownerRef, type OwnedPod } from './workloads.ts';

/** The part of a cluster to look at. */
export type ClusterScope = {
  /** Absent: all namespaces; with `names`, that of the context. */
  readonly namespace?: string;
  /** Labels of pods. */
  readonly selector?: string;
  /** `kind/name` as kubectl takes them; empty: everything. */
  readonly names: readonly string[];
  readonly signal?: AbortSignal;
  /** When the cluster was like this; default now. */
  readonly now?: Date;
};

/** Requests for single pods at a time. */
const concurrency = 8;

/**
 * Every image that does not arrive in a part of a cluster: what the cluster says about it, the objects that must
 * change, and what is known about nodes and digests. Reads only. Errors: PM_UNKNOWN_KIND and PM_NOT_FOUND for
 * `names`, and those of `Kube`; where nodes, events, owners or ServiceAccounts may not be read, it goes without.
 */
export async function fromCluster(connection: Kube, scope: ClusterScope): Promise<Inventory> {
  const { kube, unread } = notingUnread(connection);
  const named = await findNamed(kube, scope);
  const [scan, nodes] = await Promise.all([scanPods(kube, listOptions(kube, scope)), readNodes(kube)]);
  const stuck = named === undefined ? scan.stuck : await namedAmong(kube, scan.stuck, named);
  const found = await readChains(kube, stuck, nodes, scope);
  const culprits = new Set(found.culprits.map(({ ref }) => ref.uid));
  const others = scan.pods.filter(({ ref }) => !culprits.has(ref.uid));
  const stalled = await stalledPods(kube, stuck, scope.now ?? new Date());
  const owned = (await withOwners(kube, [...others, ...found.culprits, ...stalled])).filter(
    (each) => named === undefined || culprits.has(each.pod.ref.uid) || isNamed(each, named),
  );
  const evidence = await gatherEvidence(
    kube,
    owned.map(({ pod }) => pod),
  );
  // What a provisioner makes again and again is mended where its image is set.
  const { owners, ...settings } = found.provisioning;
  const byHand = owned.filter(({ pod }) => !owners.has(pod.ref.uid));
  const own = describeWorkloads(byHand);
  const usages = [...own.usages, ...settings.usages];
  const workloads = [...own.workloads, ...settings.workloads];
  const failures = [
    ...owned.flatMap((each) =>
      each.pod.failing.map((surface) => ({
        ...failureOf(each, surface, nodes),
        ...evidence(each.pod, surface),
        owner: owners.get(each.pod.ref.uid) ?? ownerRef(each),
      })),
    ),
    ...(await withoutSandbox(kube, found.sandboxes)),
  ];
  // What only makes an answer richer is no gap in it when it may not be read.
  // A snapshot holds no Secrets, and not what stands for deliveries: what is not in it may have been there.
  const isNow = scope.now === undefined;
  const pullSecrets = isNow ? await readPullSecrets(connection, failures) : [];
  const known = new Set(usages.flatMap(({ reference }) => reference ?? []));
  const { deviations, origins } = await readDeviations(connection, byHand);
  const withAccounts = await withServiceAccountSecrets(kube, workloads);
  const inventory: Inventory = {
    cluster: kube.identity,
    nodes: nodes.count,
    pods: scan.count,
    usages,
    onNodes: presentFor(failures, nodes),
    pullSecrets,
    failures: failures
      .map((one) => withMissing(one, pullSecrets))
      .toSorted((a, b) => compareText(orderOf(a), orderOf(b))),
    chains: [...found.chains, ...(await releaseChains(kube, owned))],
    findings: [...found.findings, ...(await saidByInstallers(kube, scope, known))],
    deviations,
    ...(isNow ? { origins } : {}),
    workloads: await withBudgets(kube, isNow ? await withKeepers(connection, withAccounts) : withAccounts),
    files: [],
    platforms: nodes.platformsFor(owned.flatMap(({ pod }) => pod.node ?? [])),
    ...(isNow ? { nodesOf: nodesOf(workloads, nodes) } : {}),
    platformsOf: platformsOf(
      owned.map(({ pod }) => pod),
      nodes,
    ),
    ...(await knownDigests(connection, scope, { usages, failures, ids: scan.imageIds, nodes })),
  };
  return { ...inventory, unread: unread() };
}

/** Where the pods that miss an image may run. */
function platformsOf(pods: readonly FailingPod[], nodes: Nodes): NonNullable<Inventory['platformsOf']> {
  const needs = pods.flatMap((pod) =>
    pod.failing.flatMap(({ image }) => {
      const reference = normaliseImage(image);
      return reference === undefined ? [] : [{ reference, pod }];
    }),
  );
  return Object.fromEntries(
    [...Map.groupBy(needs, ({ reference }) => reference)].map(([reference, all]) => [
      reference,
      nodes.platformsFor(
        all.flatMap(({ pod }) => pod.node ?? []),
        all.map(({ pod }) => pod.placing),
      ),
    ]),
  );
}

function nodesOf(workloads: readonly Workload[], nodes: Nodes): NonNullable<Inventory['nodesOf']> {
  const all = workloads.flatMap((workload) => [workload, ...workload.jobs]);
  return Object.fromEntries(
    all.map(({ ref, object, podSpecPath }) => {
      const spec = readField(object, podSpecPath);
      return [objectName(ref), isObject(spec) ? nodes.changeableFor(spec) : []];
    }),
  );
}

/** Images of containers with `Always` that their nodes have all the same. */
function presentFor(failures: readonly PullFailure[], nodes: Nodes): NonNullable<Inventory['onNodes']> {
  const asked = failures.filter(({ pullPolicy }) => pullPolicy === 'Always');
  const images = new Set(asked.map(({ image }) => normaliseImage(image)));
  const found = [...images].map((image) => [image, nodes.withImage(image)] as const);
  return Object.fromEntries(found.filter(([, names]) => names.length > 0));
}

/** Events live an hour: a pull secret that is not there is told whether the kubelet's warning still is or not. */
function withMissing(failure: PullFailure, secrets: readonly PullSecretFact[]): PullFailure {
  const { pod, pullSecrets, secretWarning } = failure;
  const missing = secrets.filter(
    ({ namespace, name, state }) =>
      state === 'missing' && namespace === pod.namespace && pullSecrets.includes(name),
  );
  const names = [...new Set(missing.map(({ name }) => name))];
  if (secretWarning !== undefined || names.length < pullSecrets.length || names.length === 0) return failure;
  return { ...failure, secretWarning: `Unable to retrieve some image pull secrets (${names.join(', ')})` };
}

/** Only where a whole cluster or namespace is looked at. */
async function saidByInstallers(
  kube: Kube,
  { namespace, selector, names }: ClusterScope,
  known: ReadonlySet<string>,
): Promise<readonly ClusterFinding[]> {
  if (selector !== undefined || names.length > 0) return [];
  return await installerFindings(kube, namespace, known);
}

type Named = ReadonlySet<string>;

function keyOf(kind: string, name: string): string {
  return `${kind}/${name}`;
}

/** The objects that the user named, which must exist; undefined when none is. */
async function findNamed(
  kube: Kube,
  { names, namespace = kube.namespace }: ClusterScope,
): Promise<Named | undefined> {
  if (names.length === 0) return undefined;
  const targets = names.map(parseTargetName);
  await Promise.all(
    targets.map(async ({ kind: { kind }, name }) =>
      kube.get({ apiVersion: await kube.servedVersion(kind), kind, namespace, name }),
    ),
  );
  return new Set(targets.map(({ kind: { kind }, name }) => keyOf(kind, name)));
}

/** True when the pod or one of its owners is named. */
function isNamed(
  { pod, owners }: { readonly pod: Pick<FailingPod, 'ref'>; readonly owners: Ownership },
  named: Named,
): boolean {
  const names = owners.chain.map(objectRef).map(({ kind, name }) => keyOf(kind, name));
  return [keyOf('Pod', pod.ref.name), ...names].some((name) => named.has(name));
}

function listOptions(kube: Kube, { namespace, selector, names, signal }: ClusterScope) {
  const where = names.length > 0 ? (namespace ?? kube.namespace) : namespace;
  return {
    ...(where === undefined ? {} : { namespace: where }),
    ...(selector === undefined ? {} : { labelSelector: selector }),
    ...(signal === undefined ? {} : { signal }),
  };
}

/** Climbs to the owners, and reads those pods whole that must change themselves. Pods that are gone are left out. */
async function withOwners(kube: Kube, pods: readonly FailingPod[]): Promise<readonly OwnedPod[]> {
  const climb = ownerWalk(kube);
  const limit = pLimit(concurrency);
  const owned = pods.map(async (pod): Promise<readonly OwnedPod[]> => {
    const owners = pod.isMirror ? { chain: [] } : await climb(pod.ref.namespace, pod.controller);
    const alone = { pod, owners };
    if (pod.isGone === true || !needsItself(alone)) return [alone];
    const object = await limit(() => kube.find(pod.ref));
    // A StatefulSet makes a new pod of the same name.
    const isSame = object !== undefined && digText(object, 'metadata', 'uid') === pod.ref.uid;
    return isSame ? [{ ...alone, object }] : [];
  });
  return (await Promise.all(owned)).flat();
}

function failureOf(owned: OwnedPod, surface: FailingPod['failing'][number], nodes: Nodes) {
  const { pod } = owned;
  const runtime = nodes.runtimeOf(pod.node);
  return {
    pod: pod.ref,
    ...(pod.node === undefined ? {} : { node: pod.node }),
    place: surface.place,
    container: surface.name,
    image: surface.image,
    reason: surface.reason,
    ...(surface.pullPolicy === undefined ? {} : { pullPolicy: surface.pullPolicy }),
    pullSecrets: pod.pullSecrets,
    ...(pod.created === undefined ? {} : { since: pod.created }),
    ...(runtime === undefined ? {} : { runtime }),
  };
}

/** Pods that are named themselves, or belong to what is. */
async function namedAmong(
  kube: Kube,
  stuck: readonly StuckPod[],
  named: Named,
): Promise<readonly StuckPod[]> {
  const climb = ownerWalk(kube);
  const kept = stuck.map(async (pod) => {
    const owners = await climb(pod.ref.namespace, pod.controller);
    return isNamed({ pod, owners }, named) ? [pod] : [];
  });
  return (await Promise.all(kept)).flat();
}

/** Failures of pods that have no sandbox yet, for want of the runtime's own image. */
async function withoutSandbox(
  kube: Kube,
  failures: readonly SandboxFailure[],
): Promise<readonly PullFailure[]> {
  const climb = ownerWalk(kube);
  const owned = failures.map(async ({ pod, failure }) => {
    const { chain } = await climb(pod.ref.namespace, pod.controller);
    const top = chain.at(-1);
    return { ...failure, owner: top === undefined ? pod.ref : objectRef(top) };
  });
  return Promise.all(owned);
}

function orderOf({ pod, place, container }: Pick<PullFailure, 'pod' | 'place' | 'container'>): string {
  return [pod.namespace, pod.name, place, container].join('/');
}

import { blamedImage, classify } from '../../../../core/knowledge/failures/index.ts';
import { digText } from '../../../../core/knowledge/pods/index.ts';
import type { Chain, PullFailure } from '../../../../core/model/index.ts';
import type { Nodes } from '../nodes.ts';
import type { StuckPod } from '../pods.ts';
import { chain, culpritsIn, link, nodeRef, type ChainContext, type Culprit, type Found } from './context.ts';
import { firstOf, newestByObject } from './events.ts';

/** Nodes that are followed; what holds up more of them is the same DaemonSet. */
const mostNodes = 20;
/** Up to this many pods of a namespace are asked for one by one. */
const mostPodsSingly = 5;

/** Keeps pods off a node that is not ready; the scheduler names it, not the node. */
const notReadyTaint = 'node.kubernetes.io/not-ready';
const sandboxFailed = 'FailedCreatePodSandBox';

/** A pause image that does not arrive: no container was tried, and no object names the image. */
export type SandboxFailure = { readonly pod: StuckPod; readonly failure: Omit<PullFailure, 'owner'> };

export type NodeFindings = Found & { readonly sandboxes: readonly SandboxFailure[] };

/**
 * Pods that are on a node and do not start, or are kept off it: for want of the pause image, or of the node's network, whose own pod on
 * that node cannot be pulled (it uses the host's network, so it can try).
 *
 * @param all true: also nodes that no pod waits for.
 */
export async function nodeChains(
  context: ChainContext,
  stuck: readonly StuckPod[],
  nodes: Nodes,
  all: boolean,
): Promise<NodeFindings> {
  const onNodes = stuck.filter(({ node }) => node !== undefined);
  const failed = await sandboxMessages(context, onNodes);
  const sandboxes: SandboxFailure[] = [];
  const reasons = new Map<string, string>();
  for (const { name, message } of nodes.notReady) {
    if (classify({ message, reason: 'NodeNotReady' }).class === 'dependent-node') reasons.set(name, message);
  }
  const victims: { readonly pod: StuckPod; readonly node: string; readonly message: string }[] = [];
  for (const pod of onNodes) {
    const { node = '' } = pod;
    const message = failed.get(pod.ref.uid) ?? '';
    const { class: failure } = classify({ message, reason: sandboxFailed });
    const image = failure === 'sandbox-image' ? blamedImage(message) : undefined;
    if (image !== undefined) sandboxes.push({ pod, failure: sandboxFailure(pod, image, message, nodes) });
    else if (failure === 'dependent-node' || reasons.has(node)) victims.push({ pod, node, message });
  }
  const [anyBroken] = reasons.keys();
  for (const pod of anyBroken === undefined ? [] : stuck) {
    const { unschedulable: message = '' } = pod;
    if (message.includes(notReadyTaint)) victims.push({ pod, node: anyBroken ?? '', message });
  }
  const broken = all ? [...reasons.keys()] : [];
  const names = [...new Set([...broken, ...victims.map(({ node }) => node)])].slice(0, mostNodes);
  const culprits = new Map(
    await Promise.all(names.map(async (name) => [name, await culpritsOn(context, name)] as const)),
  );
  const toEnd = (name: string): Chain['links'] => {
    const end = culprits.get(name)?.[0];
    const node = link(nodeRef(name), reasons.get(name) ?? '');
    return end === undefined ? [node] : [node, link(end.pod.ref)];
  };
  return {
    sandboxes,
    culprits: [...culprits.values()].flat(),
    chains: [
      ...broken.slice(0, mostNodes).map((name) => chain('dependent-node', ...toEnd(name))),
      ...victims.map(({ pod, node, message }) =>
        chain('dependent-node', link(pod.ref, message), ...toEnd(node)),
      ),
    ],
  };
}

/** What the kubelet said last about the sandboxes of these pods, by UID. */
async function sandboxMessages(
  { kube }: ChainContext,
  pods: readonly StuckPod[],
): Promise<ReadonlyMap<string, string>> {
  const byNamespace = Map.groupBy(pods, ({ ref }) => ref.namespace);
  const lists = [...byNamespace].flatMap(([namespace, here]) =>
    here.length <= mostPodsSingly
      ? here.map(({ ref }) =>
          firstOf(kube, 'Event', `involvedObject.uid=${ref.uid},reason=${sandboxFailed}`, namespace),
        )
      : [firstOf(kube, 'Event', `involvedObject.kind=Pod,reason=${sandboxFailed}`, namespace)],
  );
  const newest = newestByObject((await Promise.all(lists)).flat());
  return new Map([...newest].map(([uid, event]) => [uid, digText(event, 'message') ?? '']));
}

/** Pods of a node whose image does not arrive though they need no network of the node. */
async function culpritsOn({ kube }: ChainContext, node: string): Promise<readonly Culprit[]> {
  const pods = await firstOf(kube, 'Pod', `spec.nodeName=${node}`);
  return culpritsIn(pods).filter(({ pod }) => pod.controller?.kind === 'DaemonSet');
}

function sandboxFailure(
  pod: StuckPod,
  image: string,
  message: string,
  nodes: Nodes,
): Omit<PullFailure, 'owner'> {
  const runtime = nodes.runtimeOf(pod.node);
  return {
    pod: pod.ref,
    ...(pod.node === undefined ? {} : { node: pod.node }),
    place: 'sandbox',
    container: '',
    image,
    reason: sandboxFailed,
    message,
    source: 'event',
    pullSecrets: [],
    ...(pod.created === undefined ? {} : { since: pod.created }),
    ...(runtime === undefined ? {} : { runtime }),
  };
}

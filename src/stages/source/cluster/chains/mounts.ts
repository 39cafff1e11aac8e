import { isCsiDriverPod, missingCsiDriver } from '../../../../core/knowledge/chains/index.ts';
import { digText } from '../../../../core/knowledge/pods/index.ts';
import type { StuckPod } from '../pods.ts';
import { chain, culpritsIn, link, merged, nodeRef, type ChainContext, type Found } from './context.ts';
import { firstOf, newestByObject } from './events.ts';

const mountFailed = 'FailedMount';
/** Pods that are followed; what holds up more of them is the same driver. */
const mostPods = 50;

/** Pod whose volume cannot be mounted for want of a CSI driver → its node → the driver's pod there. */
export async function mountChains(context: ChainContext, stuck: readonly StuckPod[]): Promise<Found> {
  const waiting = stuck.filter(({ node, claims }) => node !== undefined && claims.length > 0);
  const namespaces = [...new Set(waiting.map(({ ref }) => ref.namespace))];
  const lists = namespaces.map((namespace) =>
    firstOf(context.kube, 'Event', `involvedObject.kind=Pod,reason=${mountFailed}`, namespace),
  );
  const newest = newestByObject((await Promise.all(lists)).flat());
  const victims = waiting.flatMap((pod) => {
    const message = digText(newest.get(pod.ref.uid), 'message') ?? '';
    const driver = missingCsiDriver(message);
    return driver === undefined ? [] : [{ pod, node: pod.node ?? '', message, driver }];
  });
  const byDriver = Map.groupBy(victims.slice(0, mostPods), ({ node, driver }) => `${node}/${driver}`);
  const found = [...byDriver.values()].map(async (same): Promise<Found> => {
    const [{ node, driver } = { node: '', driver: '' }] = same;
    const onNode = culpritsIn(await firstOf(context.kube, 'Pod', `spec.nodeName=${node}`));
    const culprits = onNode.filter(({ object }) => isCsiDriverPod(object, driver));
    const [end] = culprits;
    // Without one it is no matter of images.
    if (end === undefined) return merged([]);
    const chains = same.map(({ pod, message }) =>
      chain('dependent-node', link(pod.ref, message), link(nodeRef(node)), link(end.pod.ref)),
    );
    return { chains, culprits };
  });
  return merged(await Promise.all(found));
}

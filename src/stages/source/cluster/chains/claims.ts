import { isProvisionerPod } from '../../../../core/knowledge/chains/index.ts';
import { classify } from '../../../../core/knowledge/failures/index.ts';
import { digText } from '../../../../core/knowledge/pods/index.ts';
import type { ChainLink, FailureClass, JsonObject } from '../../../../core/model/index.ts';
import type { StuckPod } from '../pods.ts';
import { chain, link, linkTo, merged, type ChainContext, type Culprit, type Found } from './context.ts';
import { findReadable, firstOf, newestByObject } from './events.ts';

/** Claims that are followed: their provisioners are few, so more of them name no other image. */
const mostClaims = 50;

/** Pod → claim → StorageClass → the provisioner's pod, or the pod that it made for this claim. */
export async function claimChains(context: ChainContext, stuck: readonly StuckPod[]): Promise<Found> {
  const waiting = stuck
    .filter(({ node }) => node === undefined)
    .flatMap((pod) => pod.claims.map((claim) => ({ pod, claim })));
  const byClaim = Map.groupBy(waiting, ({ pod, claim }) => `${pod.ref.namespace}/${claim}`);
  const found = [...byClaim.values()].slice(0, mostClaims).map(async (victims): Promise<Found> => {
    const [first] = victims;
    if (first === undefined) return merged([]);
    const followed = await followClaim(context, first.pod.ref.namespace, first.claim);
    if (followed === undefined) return merged([]);
    const { failure, links, culprits } = followed;
    return { chains: victims.map(({ pod }) => chain(failure, link(pod.ref), ...links)), culprits };
  });
  return merged(await Promise.all(found));
}

type Followed = {
  readonly failure: FailureClass;
  readonly links: readonly ChainLink[];
  readonly culprits: readonly Culprit[];
};

/** Undefined for a claim that is bound, gone, or waits for nothing but its pod. */
async function followClaim(
  { kube, pending }: ChainContext,
  namespace: string,
  name: string,
): Promise<Followed | undefined> {
  const claim = await findReadable(kube, 'PersistentVolumeClaim', name, namespace);
  const uid = digText(claim, 'metadata', 'uid');
  if (claim === undefined || uid === undefined || digText(claim, 'status', 'phase') === 'Bound')
    return undefined;
  const events = await firstOf(kube, 'Event', `involvedObject.uid=${uid}`, namespace);
  const event = newestByObject(
    events.filter(({ type, reason }) => type === 'Warning' || reason !== 'Provisioning'),
  ).get(uid);
  const message = digText(event, 'message') ?? '';
  const reason = digText(event, 'reason');
  const { class: failure } = classify({ message, ...(reason === undefined ? {} : { reason }) });
  const className = digText(claim, 'spec', 'storageClassName');
  const storageClass =
    className === undefined ? undefined : await findReadable(kube, 'StorageClass', className);
  const provisioner = digText(storageClass, 'provisioner') ?? annotatedProvisioner(claim);
  const links = [linkTo(claim, message), ...(storageClass === undefined ? [] : [linkTo(storageClass)])];
  const culprits = (await pending()).filter(
    ({ pod, object }) =>
      pod.ref.name.includes(`pvc-${uid}`) ||
      (provisioner !== undefined && isProvisionerPod(object, provisioner)),
  );
  // The pod that was made for this very claim says more than its maker.
  const end = culprits.find(({ pod }) => pod.ref.name.includes(uid)) ?? culprits[0];
  if (end !== undefined) {
    return { failure: 'dependent-storage', links: [...links, link(end.pod.ref)], culprits };
  }
  return isAboutStorage(failure) ? { failure, links, culprits } : undefined;
}

function isAboutStorage(failure: FailureClass): boolean {
  return failure === 'dependent-storage' || failure === 'no-storage-class';
}

/** Set by the PV controller; the beta name until 1.22. */
function annotatedProvisioner(claim: JsonObject): string | undefined {
  const annotation = (name: string): string | undefined => digText(claim, 'metadata', 'annotations', name);
  return (
    annotation('volume.kubernetes.io/storage-provisioner') ??
    annotation('volume.beta.kubernetes.io/storage-provisioner')
  );
}

/** Claims whose volume a pod of this name was made for, among those that the chains lead through. */
export function claimsOfVolume(volume: string, found: Found): readonly ChainLink['object'][] {
  const claims = found.chains
    .flatMap(({ links }) => links.map(({ object }) => object))
    .filter(({ kind, uid }) => kind === 'PersistentVolumeClaim' && `pvc-${uid}` === volume);
  return [...new Map(claims.map((claim) => [claim.uid, claim])).values()];
}

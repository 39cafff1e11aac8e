import { defaultStorageClasses, isProvisionerPod } from '../../../../core/knowledge/chains/index.ts';
import { classify } from '../../../../core/knowledge/failures/index.ts';
import { dig, digText } from '../../../../core/knowledge/pods/index.ts';
import type { ChainLink, FailureClass, JsonObject } from '../../../../core/model/index.ts';
import type { StuckPod } from '../pods.ts';
import { chain, link, linkTo, merged, type ChainContext, type Culprit, type Found } from './context.ts';
import { findReadable, firstOf, newestByObject } from './events.ts';
import { helpersGone } from './helpers-gone.ts';

/** Claims that are followed: their provisioners are few, so more of them name no other image. */
const mostClaims = 50;

export type ClaimFindings = Found & {
  /** A claim waits that names no StorageClass, and none is the default. */
  readonly wantsDefaultClass: boolean;
};

/** Pod → claim → StorageClass → the provisioner's pod, or the pod that it made for this claim. */
export async function claimChains(context: ChainContext, stuck: readonly StuckPod[]): Promise<ClaimFindings> {
  const waiting = stuck
    .filter(({ node }) => node === undefined)
    .flatMap((pod) => pod.claims.map((claim) => ({ pod, claim })));
  const byClaim = Map.groupBy(waiting, ({ pod, claim }) => `${pod.ref.namespace}/${claim}`);
  const found = [...byClaim.values()].slice(0, mostClaims).map(async (victims): Promise<ClaimFindings> => {
    const [first] = victims;
    const followed = first && (await followClaim(context, first.pod.ref.namespace, first.claim));
    if (followed === undefined) return { ...merged([]), wantsDefaultClass: false };
    const { failure, links, culprits, wantsDefaultClass } = followed;
    const chains = victims.map(({ pod }) => chain(failure, link(pod.ref), ...links));
    return { chains, culprits, wantsDefaultClass };
  });
  const all = await Promise.all(found);
  return { ...merged(all), wantsDefaultClass: all.some(({ wantsDefaultClass }) => wantsDefaultClass) };
}

type Followed = {
  readonly failure: FailureClass;
  readonly links: readonly ChainLink[];
  readonly culprits: readonly Culprit[];
  readonly wantsDefaultClass: boolean;
};

/** Undefined for a claim that is bound, gone, or waits for nothing but its pod. */
async function followClaim(
  context: ChainContext,
  namespace: string,
  name: string,
): Promise<Followed | undefined> {
  const { kube, pending } = context;
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
  const { storageClass, wantsDefaultClass } = await storageClassOf(context, claim);
  const failure = wantsDefaultClass
    ? 'no-storage-class'
    : classify({ message, ...(reason === undefined ? {} : { reason }) }).class;
  const provisioner = digText(storageClass, 'provisioner') ?? annotatedProvisioner(claim);
  const links = [linkTo(claim, message), ...(storageClass === undefined ? [] : [linkTo(storageClass)])];
  const alive = (await pending()).filter(
    ({ pod, object }) =>
      pod.ref.name.includes(`pvc-${uid}`) ||
      (provisioner !== undefined && isProvisionerPod(object, provisioner)),
  );
  const isMadeForIt = ({ pod }: Culprit): boolean => pod.ref.name.includes(uid);
  const isBetweenTries = failure === 'dependent-storage' && !alive.some(isMadeForIt);
  const culprits = isBetweenTries ? [...alive, ...(await helpersGone(context, uid))] : alive;
  // The pod that was made for this very claim says more than its maker.
  const end = culprits.find(isMadeForIt) ?? culprits[0];
  if (end !== undefined) {
    const toEnd = [...links, link(end.pod.ref)];
    return { failure: 'dependent-storage', links: toEnd, culprits, wantsDefaultClass };
  }
  return isAboutStorage(failure) ? { failure, links, culprits, wantsDefaultClass } : undefined;
}

/** A claim without the field gets the default class, now or as soon as there is one; `""` means none at all. */
async function storageClassOf(
  { kube, storageClasses }: ChainContext,
  claim: JsonObject,
): Promise<{ readonly storageClass?: JsonObject; readonly wantsDefaultClass: boolean }> {
  const className = digText(claim, 'spec', 'storageClassName');
  if (className !== undefined) {
    const named = await findReadable(kube, 'StorageClass', className);
    return { ...(named && { storageClass: named }), wantsDefaultClass: false };
  }
  const classes = dig(claim, 'spec', 'storageClassName') === undefined ? await storageClasses() : undefined;
  if (classes === undefined) return { wantsDefaultClass: false };
  const [standard] = defaultStorageClasses(classes);
  return standard === undefined
    ? { wantsDefaultClass: true }
    : { storageClass: standard, wantsDefaultClass: false };
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

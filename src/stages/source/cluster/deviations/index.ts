import { kindInfo, objectRef } from '../../../../core/knowledge/pods/index.ts';
import {
  isDirect,
  objectName,
  type Author,
  type Deviation,
  type DeviationKind,
  type ObjectRef,
} from '../../../../core/model/index.ts';
import type { Kube } from '../../../../adapters/kube/index.ts';
import { standingOf } from '../standing.ts';
import { ownerRef, type OwnedPod } from '../workloads.ts';
import { authorReader, type Authors } from './authors.ts';
import { sourceReader, type SourceReader } from './sources.ts';

/** Different deviations that are looked into; a mesh that adds one sidecar to all pods is one for each workload. */
const mostDeviations = 200;

type Case = {
  readonly owned: OwnedPod;
  readonly surface: OwnedPod['pod']['failing'][number];
  readonly kind: DeviationKind;
};

/**
 * Where images come from that no template names as the pods have them: what a person has corrected already, what
 * admission adds or rewrites, and what an operator decides. Costs requests only where there is such an image.
 */
export async function readDeviations(kube: Kube, pods: readonly OwnedPod[]): Promise<readonly Deviation[]> {
  const groups = Map.groupBy(pods.flatMap(casesOf), ({ owned, surface, kind }) =>
    [objectName(ownerRef(owned)), surface.place, surface.name, surface.image, kind].join('\n'),
  );
  const authors = authorReader(kube);
  const sources = sourceReader(kube);
  const read = [...groups.values()]
    .slice(0, mostDeviations)
    .flatMap(([first, ...more]) =>
      first === undefined ? [] : [deviationOf(first, [first, ...more], authors, sources)],
    );
  // A pod that nobody controls is made by a person, unless somebody's settings name its image.
  return (await Promise.all(read)).filter(
    (one) => one.kind !== 'made' || one.by.length + one.sources.length > 0,
  );
}

function casesOf(owned: OwnedPod): readonly Case[] {
  const { pod, owners } = owned;
  if (pod.isMirror || owners.right !== undefined) return [];
  return pod.failing.flatMap((surface): readonly Case[] => {
    if (surface.place === 'ephemeralContainer') return [];
    const { is } = standingOf(pod, owners, surface);
    if (is === 'corrected' || is === 'rewritten' || is === 'added') return [{ owned, surface, kind: is }];
    // What people write as Deployments and the like is theirs; Jobs and pods may be made by a program.
    const kind = owners.chain.at(-1)?.kind ?? 'Pod';
    const isMade = owners.beyond !== undefined || kind === 'Pod' || kind === 'Job';
    return isMade && isDirect(surface.place) ? [{ owned, surface, kind: 'made' }] : [];
  });
}

async function deviationOf(
  { owned, surface, kind }: Case,
  group: readonly Case[],
  authors: Authors,
  sources: SourceReader,
): Promise<Deviation> {
  const { pod, owners } = owned;
  const standing = standingOf(pod, owners, surface);
  const template = 'template' in standing ? standing.template : undefined;
  const plain = {
    kind,
    place: surface.place,
    container: surface.name,
    image: surface.image,
    ...(typeof template === 'string' ? { template } : {}),
    owner: ownerRef(owned),
    pods: new Set(group.map((one) => one.owned.pod.ref.uid)).size,
  };
  if (kind === 'corrected') return { ...plain, left: leftOf(group), by: [], sources: [] };
  if (kind === 'made') return { ...plain, ...(await makers(owned, surface.image, sources)) };
  const found =
    owned.object === undefined
      ? { by: [], services: [] }
      : await authors(owned.object, { container: surface.name, image: surface.image });
  const { by, injector } = found;
  const named = await sources.inNamespaces(found.services, {
    image: surface.image,
    ...(plain.template === undefined ? {} : { instead: plain.template }),
  });
  return { ...plain, by, sources: named, ...(injector === undefined ? {} : { injector: injector.name }) };
}

/** Of a Job the Job itself: it would make the pod again as it was. */
function leftOf(group: readonly Case[]): readonly ObjectRef[] {
  const all = group.map(({ owned: { pod, owners } }) => {
    const [nearest] = owners.chain;
    return nearest?.kind === 'Job' ? objectRef(nearest) : pod.ref;
  });
  return [...new Map(all.map((ref) => [objectName(ref), ref])).values()];
}

async function makers(
  { pod, owners: { beyond, chain } }: OwnedPod,
  image: string,
  sources: SourceReader,
): Promise<Pick<Deviation, 'by' | 'sources'>> {
  const { namespace } = pod.ref;
  if (beyond === undefined) return { by: [], sources: await sources.inNamespaces([namespace], { image }) };
  // Of a known kind it is gone, or being deleted with what it owns.
  const isKnown = kindInfo(beyond.kind, beyond.apiVersion) !== undefined && chain.length > 0;
  const { apiVersion, kind, name, uid } = beyond;
  const by: readonly Author[] = isKnown
    ? []
    : [{ object: { apiVersion, kind, namespace, name, uid }, certainty: 'named' }];
  return { by, sources: await sources.ofOwner({ apiVersion, kind, namespace, name, uid }, image) };
}

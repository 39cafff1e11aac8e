import { kindInfo, objectRef } from '../../../../core/knowledge/pods/index.ts';
import {
  isDirect,
  objectName,
  type Author,
  type Deviation,
  type ImageOrigin,
  type ObjectRef,
} from '../../../../core/model/index.ts';
import type { Kube } from '../../../../adapters/kube/index.ts';
import { standingOf } from '../standing.ts';
import { ownerRef, type OwnedPod } from '../workloads.ts';
import type { Case } from './cases.ts';
import { originsOf } from './origins.ts';
import { authorReader, type Authors } from './authors.ts';
import { sourceReader, type FoundSource, type SourceReader } from './sources.ts';

/** Different deviations that are looked into; a mesh that adds one sidecar to all pods is one for each workload. */
const mostDeviations = 200;

/** Places that are named; the first ones are those that name the image whole. */
const mostSources = 4;

export type DeviationsRead = {
  readonly deviations: readonly Deviation[];
  /** Those of their sources that can be changed. */
  readonly origins: readonly ImageOrigin[];
};

/**
 * Where images come from that no template names as the pods have them: what a person has corrected already, what
 * admission adds or rewrites, and what an operator decides. Costs requests only where there is such an image.
 */
export async function readDeviations(kube: Kube, pods: readonly OwnedPod[]): Promise<DeviationsRead> {
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
  const all = await Promise.all(read);
  const origins = all.map(async ({ group, found }) => await originsOf(kube, group, found));
  return {
    // A pod that nobody controls is made by a person, unless somebody's settings name its image.
    deviations: all
      .map(({ deviation }) => deviation)
      .filter((one) => one.kind !== 'made' || one.by.length + one.sources.length > 0),
    origins: (await Promise.all(origins)).flat(),
  };
}

type Read = {
  readonly deviation: Deviation;
  readonly group: readonly Case[];
  readonly found: readonly FoundSource[];
};

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
): Promise<Read> {
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
  const readAs = (
    more: Omit<Deviation, keyof typeof plain | 'sources'>,
    found: readonly FoundSource[],
  ): Read => {
    const named = [
      ...new Map(found.map(({ source }) => [objectName(source.object) + source.path, source])).values(),
    ].slice(0, mostSources);
    return { deviation: { ...plain, ...more, sources: named }, group, found };
  };
  if (kind === 'corrected') return readAs({ left: leftOf(group), by: [] }, []);
  if (kind === 'made') {
    const { by, found } = await makers(owned, surface, sources);
    return readAs({ by }, found);
  }
  const { by, injector, services, policies } =
    owned.object === undefined
      ? { by: [], services: [], policies: [], injector: undefined }
      : await authors(owned.object, { container: surface.name, image: surface.image });
  const named = await sources.inNamespaces(services, {
    image: surface.image,
    ...(plain.template === undefined ? {} : { instead: plain.template }),
  });
  return readAs({ by, ...(injector === undefined ? {} : { injector: injector.name }) }, [
    ...sources.inPolicies(policies, surface.image),
    ...named,
  ]);
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
  { name: container, image }: Case['surface'],
  sources: SourceReader,
): Promise<Pick<Deviation, 'by'> & { readonly found: readonly FoundSource[] }> {
  const { namespace } = pod.ref;
  if (beyond === undefined) return { by: [], found: await sources.inNamespaces([namespace], { image }) };
  // Of a known kind it is gone, or being deleted with what it owns.
  const isKnown = kindInfo(beyond.kind, beyond.apiVersion) !== undefined && chain.length > 0;
  const { apiVersion, kind, name, uid } = beyond;
  const by: readonly Author[] = isKnown
    ? []
    : [{ object: { apiVersion, kind, namespace, name, uid }, certainty: 'named' }];
  const owner = { apiVersion, kind, namespace, name, uid };
  const found = await sources.ofOwner(owner, image);
  return { by, found: found.length > 0 ? found : await sources.byKnowledge(owner, { container, image }) };
}

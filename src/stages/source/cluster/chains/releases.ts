import type { Kube } from '../../../../adapters/kube/index.ts';
import { isError } from '../../../../core/base/index.ts';
import {
  hookOf,
  mayBeOfRelease,
  releaseOf,
  releaseRef,
  releaseSecrets,
  unfinishedReleases,
  type HelmRelease,
} from '../../../../core/knowledge/chains/index.ts';
import { digText } from '../../../../core/knowledge/pods/index.ts';
import type { Chain, JsonObject } from '../../../../core/model/index.ts';
import type { OwnedPod } from '../workloads.ts';
import { chain, link, linkTo } from './context.ts';

/** Namespaces whose releases are read; installations that hang are few. */
const mostNamespaces = 20;

/**
 * Helm release that waits or has failed → what it installed, or its hook → the pod whose image does not arrive. Reads
 * names and labels of Helm's Secrets, never their data, and nothing at all where no failing pod is a chart's.
 */
export async function releaseChains(kube: Kube, owned: readonly OwnedPod[]): Promise<readonly Chain[]> {
  const ofCharts = owned.flatMap(({ pod, owners }) => {
    const top = owners.chain.at(-1);
    return top === undefined || !mayBeOfRelease(top) ? [] : [{ pod, top }];
  });
  const namespaces = [...new Set(ofCharts.map(({ top }) => namespaceOf(top)))].slice(0, mostNamespaces);
  const releases = (await Promise.all(namespaces.map((namespace) => releasesIn(kube, namespace)))).flat();
  if (releases.length === 0) return [];
  const byOwner = Map.groupBy(ofCharts, ({ top }) => top);
  return [...byOwner].flatMap(([top, [first]]) => {
    const release = releaseOf(top, releases);
    if (release === undefined || first === undefined) return [];
    const waits = link(releaseRef(release), release.status);
    return [chain('dependent-install', waits, linkTo(top, hookOf(top)), link(first.pod.ref))];
  });
}

/** Where Helm keeps the release: beside its objects, unless the chart writes into other namespaces. */
function namespaceOf(object: JsonObject): string {
  return (
    digText(object, 'metadata', 'annotations', 'meta.helm.sh/release-namespace') ??
    digText(object, 'metadata', 'namespace') ??
    ''
  );
}

/** None where the user may not list Secrets. */
async function releasesIn(kube: Kube, namespace: string): Promise<readonly HelmRelease[]> {
  try {
    const options = { namespace, labelSelector: releaseSecrets, metadataOnly: true };
    return unfinishedReleases(await kube.list('Secret', options));
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return [];
    throw error;
  }
}

import { isWhole, type Helm, type StoredRelease } from '../../adapters/helm/index.ts';
import { digText } from '../../core/knowledge/pods/index.ts';
import type { ChartSource } from '../../core/model/index.ts';

/**
 * Where the chart of a release can be had: from the release itself, else from where a person says, else from a
 * repository that helm knows here.
 */
export async function chartsOf(
  { chart }: StoredRelease,
  helm: Helm,
  named: string | undefined,
): Promise<readonly ChartSource[]> {
  if (isWhole(chart)) return [{ from: 'release' }];
  const [name, version] = [digText(chart.metadata, 'name'), digText(chart.metadata, 'version')];
  if (name === undefined || version === undefined) return [];
  const known = await helm.searchRepositories(name, version).catch(() => []);
  const places = named === undefined ? known : [named, ...known];
  return places.map((place) => ({ from: 'reference', chart: place, version }));
}

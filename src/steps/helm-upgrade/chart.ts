import {
  flatChart,
  localChart,
  rebuildChart,
  type Helm,
  type StoredRelease,
} from '../../adapters/helm/index.ts';
import { readRenderedYaml } from '../../core/edit/index.ts';
import { applyPatch } from 'rfc6902';
import { isObject } from '../../core/knowledge/pods/index.ts';
import { objectName, type ChartSource, type JsonObject, type ReleaseChange } from '../../core/model/index.ts';
import { broughtBy } from './rendered.ts';

/**
 * Works with the chart that an upgrade is made from, as a folder that is gone afterwards. Errors: PM_CHART_UNREADABLE,
 * PM_HELM_FAILED.
 */
export async function withChartFrom<T>(
  release: StoredRelease,
  source: ChartSource,
  changes: readonly ReleaseChange[],
  helm: Helm,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const chart = await chartFrom(release, source, changes, helm);
  try {
    return await work(chart.path);
  } finally {
    await chart.close();
  }
}

async function chartFrom(
  release: StoredRelease,
  source: ChartSource,
  changes: readonly ReleaseChange[],
  helm: Helm,
) {
  if (source.from === 'release') return await rebuildChart(release);
  if (source.from === 'reference') {
    const { chart, version } = source;
    return await localChart(helm, { chart, ...(version === undefined ? {} : { version }) });
  }
  const hooks = release.hooks
    .flatMap(({ path, manifest }) => readRenderedYaml(manifest, path))
    .filter(isObject);
  return await flatChart(release, [...changed(release, changes), ...hooks]);
}

/** The objects of the release with these values in them. */
function changed(release: StoredRelease, changes: readonly ReleaseChange[]): readonly JsonObject[] {
  return broughtBy(release).map(({ ref, object }) => {
    const copy = structuredClone(object);
    const own = changes.filter((change) => objectName(change.object) === objectName(ref));
    applyPatch(
      copy,
      own.map(({ path, after }) => ({ op: 'replace', path, value: after })),
    );
    return copy;
  });
}

import { openHelm, type RenderOptions } from '../../../adapters/helm/index.ts';
import type { ImageListing } from '../../../core/model/index.ts';
import { imagesByTemplate, readRendered } from '../rendered.ts';
import { chartTexts } from './chart-texts.ts';
import { chartName, installedAsIs, namedOnly } from './named-only.ts';

export type ChartOptions = Pick<RenderOptions, 'namespace' | 'kubeVersion' | 'valuesFiles'> & {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
};

/**
 * The images of a chart (folder or .tgz) rendered by helm with these values, and of its `crds/`. What the chart names
 * in the annotations of `Chart.yaml` and in `files/` but does not render is told as look-alike. Errors: PM_HELM_…,
 * PM_CHART_UNREADABLE.
 */
export async function imagesOfChart(chart: string, options: ChartOptions): Promise<ImageListing> {
  const { env, signal, ...render } = options;
  const helm = await openHelm({ env, ...(signal === undefined ? {} : { signal }) });
  const [rendered, texts] = await Promise.all([helm.template(chart, render), chartTexts(chart)]);
  const groups = imagesByTemplate([...readRendered(rendered, chart), ...installedAsIs(texts)]);
  const usages = groups.flatMap((group) => group.usages);
  const references = new Set(usages.flatMap(({ reference }) => reference ?? []));
  const notes = chartName(texts) === 'ks-core' ? [{ kind: 'ks-core', path: chart } as const] : [];
  return { groups: [...groups, ...namedOnly(texts, references, chart)], notes };
}

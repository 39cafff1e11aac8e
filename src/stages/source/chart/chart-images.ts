import { openHelm, type RenderOptions } from '../../../adapters/helm/index.ts';
import type { ImageListing } from '../../../core/model/index.ts';

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
  // The readers are loaded while helm renders, which for small charts takes as long.
  const [rendered, { listRendered }] = await Promise.all([
    helm.template(chart, render),
    import('./list-rendered.ts'),
  ]);
  return await listRendered(rendered, chart);
}

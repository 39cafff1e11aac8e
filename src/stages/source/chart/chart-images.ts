import { stat } from 'node:fs/promises';
import { filesOfFolder } from '../../../adapters/files/index.ts';
import {
  chartBounds,
  localChart,
  openHelm,
  type ChartPlace,
  type RenderOptions,
} from '../../../adapters/helm/index.ts';
import { PullmendError, reasonOf } from '../../../core/base/index.ts';
import type { ImageListing } from '../../../core/model/index.ts';

export type ChartOptions = ChartPlace &
  Omit<RenderOptions, 'release' | 'values' | 'includeCrds'> & {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly signal?: AbortSignal;
    /** Follow links that lead out of the folder. */
    readonly followLinks?: boolean | undefined;
  };

/**
 * The images of a chart rendered by helm with these values, and of its `crds/`. What the chart names
 * in the annotations of `Chart.yaml` and in `files/` but does not render is told as look-alike. Errors: PM_HELM_…,
 * PM_CHART_SCHEMA, PM_CHART_UNREADABLE.
 */
export async function imagesOfChart(options: ChartOptions): Promise<ImageListing> {
  const { chart, version, repository, env, signal, followLinks, ...render } = options;
  await refuseUnbounded(chart, followLinks);
  const helm = await openHelm({ env, ...(signal === undefined ? {} : { signal }) });
  const local = await localChart(helm, {
    chart,
    ...(version === undefined ? {} : { version }),
    ...(repository === undefined ? {} : { repository }),
  });
  // The readers are loaded while helm renders, which for small charts takes as long.
  try {
    const [rendered, { listRendered }] = await Promise.all([
      helm.template(local.path, render),
      import('./list-rendered.ts'),
    ]);
    return await listRendered(rendered, local.path);
  } finally {
    await local.close();
  }
}

/** Helm itself reads whatever lies in the folder, and waits for whoever writes to a pipe. */
async function refuseUnbounded(chart: string, followLinks: boolean | undefined): Promise<void> {
  const isFolder = (await stat(chart).catch(() => undefined))?.isDirectory() === true;
  if (!isFolder) return;
  try {
    await filesOfFolder(chart, { ...chartBounds, followLinks });
  } catch (cause) {
    throw new PullmendError('PM_CHART_UNREADABLE', { chart, reason: reasonOf(cause) }, { cause });
  }
}

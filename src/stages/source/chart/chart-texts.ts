import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { findFiles, readTextFile } from '../../../adapters/files/index.ts';
import { openChart } from '../../../adapters/helm/index.ts';

/** What is read of a chart besides its render; of its sub-charts too. */
const read = /^(?:charts\/[^/]+\/)*(?:Chart\.yaml|(?:crds|files)\/.*\.(?:ya?ml|json))$/;

const packed = ['.tgz', '.tar.gz'];

/**
 * `Chart.yaml`, `crds/` and `files/` of a chart and its sub-charts, by their path in the chart. A copy is made only to
 * unpack what is packed. Errors: PM_CHART_UNREADABLE, PM_FILE_UNREADABLE.
 */
export async function chartTexts(chart: string): Promise<ReadonlyMap<string, string>> {
  const isFolder = (await stat(chart).catch(() => undefined))?.isDirectory() === true;
  const found = isFolder ? await findFiles([chart], ['.yaml', '.yml', '.json', ...packed]) : [];
  if (!isFolder || found.some((path) => packed.some((ending) => path.endsWith(ending)))) {
    const opened = await openChart(chart);
    try {
      return new Map([...(await opened.texts())].filter(([path]) => read.test(path)));
    } finally {
      await opened.close();
    }
  }
  const named = found
    .map((path) => ({ path, name: relative(chart, path).split(sep).join('/') }))
    .filter(({ name }) => read.test(name));
  return new Map(
    await Promise.all(named.map(async ({ path, name }) => [name, (await readTextFile(path)).text] as const)),
  );
}

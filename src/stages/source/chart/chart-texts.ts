import { stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { findFiles, readRegular, readTextFile } from '../../../adapters/files/index.ts';
import { maxChartBytes, packedTexts, subChartFolder } from '../../../adapters/helm/index.ts';
import { PullmendError, reasonOf } from '../../../core/base/index.ts';

type Texts = ReadonlyMap<string, string>;

/** What is read of a chart besides its render; of its sub-charts too. */
const read = /^(?:charts\/[^/]+\/)*(?:Chart\.yaml|(?:crds|files)\/.*\.(?:ya?ml|json))$/;

/**
 * `Chart.yaml`, `crds/` and `files/` of a chart and its sub-charts, packed or not, by their path in the chart. Errors:
 * PM_CHART_UNREADABLE, PM_FILE_UNREADABLE.
 */
export async function chartTexts(chart: string): Promise<Texts> {
  const isFolder = (await stat(chart).catch(() => undefined))?.isDirectory() === true;
  if (!isFolder) return await textsOfArchive(chart, chart, '');
  const { files } = await findFiles([chart], ['.yaml', '.yml', '.json', '.tgz', '.tar.gz']);
  const named = files.map((path) => ({ path, name: relative(chart, path).split(sep).join('/') }));
  const texts = await Promise.all(
    named.map(async ({ path, name }): Promise<Texts> => {
      if (read.test(name)) return new Map([[name, (await readTextFile(path)).text]]);
      const folder = subChartFolder(name);
      return folder === undefined ? new Map() : await textsOfArchive(path, chart, folder);
    }),
  );
  return new Map(texts.flatMap((it) => [...it]));
}

async function textsOfArchive(archive: string, chart: string, below: string): Promise<Texts> {
  try {
    return await packedTexts(await readRegular(archive, maxChartBytes), read, below);
  } catch (cause) {
    throw new PullmendError('PM_CHART_UNREADABLE', { chart, reason: reasonOf(cause) }, { cause });
  }
}

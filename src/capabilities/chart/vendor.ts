import { openChart, type Helm } from '../../adapters/helm/index.ts';
import type { JsonObject } from '../../core/model/index.ts';
import type { ChartInput } from './override.ts';
import { createRenderReader } from './render.ts';
import { replaceName } from './replace-name.ts';
import type { Unmoved } from './unmoved.ts';
import { usagesOf } from './usages.ts';

/** A copy of a chart in which names that no value moves are replaced where they are written. */
export type VendoredChart = {
  /** Files of the copy that differ from the chart. */
  readonly files: readonly string[];
  readonly moved: readonly Unmoved[];
  readonly unmoved: readonly Unmoved[];
};

/**
 * Writes a patched copy of a chart to a folder that must not be there yet, proved by rendering it with the override.
 * Errors: PM_CHART_UNREADABLE, PM_HELM_FAILED, PM_FILE_UNWRITABLE.
 */
export async function vendorChart(
  input: ChartInput,
  { values, unmoved }: { readonly values: JsonObject; readonly unmoved: readonly Unmoved[] },
  folder: string,
  helm: Helm,
): Promise<VendoredChart> {
  const { chart, followLinks, ...options } = input;
  const copy = await openChart(chart, { followLinks });
  try {
    const files: string[] = [];
    for (const [path, text] of await copy.texts()) {
      if (!/(?:^|\/)(?:templates|files|crds)\//.test(path)) continue;
      const patched = unmoved
        .toSorted((a, b) => b.usage.image.length - a.usage.image.length)
        .reduce((done, { usage, to }) => replaceName(done, usage.image, to), text);
      if (patched === text) continue;
      files.push(path);
      await copy.add(path, patched);
    }
    const after = usagesOf(createRenderReader()(await helm.template(copy.folder, { ...options, values })));
    const isMoved = ({ usage, to }: Unmoved): boolean => after.get(usage.key)?.image === to;
    await copy.moveTo(folder);
    return { files, moved: unmoved.filter(isMoved), unmoved: unmoved.filter((it) => !isMoved(it)) };
  } finally {
    await copy.close();
  }
}

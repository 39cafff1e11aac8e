import type { ImageListing } from '../../../core/model/index.ts';
import { imagesByTemplate, readRendered } from '../rendered.ts';
import { chartTexts } from './chart-texts.ts';
import { chartName, installedAsIs, namedOnly } from './named-only.ts';

/** The images of what helm rendered of a chart, and those that the chart names besides. */
export async function listRendered(rendered: string, chart: string): Promise<ImageListing> {
  const texts = await chartTexts(chart);
  const groups = imagesByTemplate([...readRendered(rendered, chart), ...installedAsIs(texts)]);
  const usages = groups.flatMap((group) => group.usages);
  const references = new Set(usages.flatMap(({ reference }) => reference ?? []));
  const notes = chartName(texts) === 'ks-core' ? [{ kind: 'ks-core', path: chart } as const] : [];
  return { groups: [...groups, ...namedOnly(texts, references, chart)], notes };
}

export { openHelm } from './helm.ts';
export { chartBounds, openChart, type ChartFolder } from './chart-folder.ts';
export type { Helm, HelmOptions, PullOptions, ReleaseOptions, RenderOptions } from './types.ts';
export { maxChartBytes, packedTexts, subChartFolder } from './packed-texts.ts';
export { localChart, type ChartPlace, type LocalChart } from './remote.ts';

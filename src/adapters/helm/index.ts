export { openHelm } from './helm.ts';
export { openChart, type ChartFolder } from './chart-folder.ts';
export type { Helm, HelmOptions, PullOptions, ReleaseOptions, RenderOptions } from './types.ts';
export { packedTexts, subChartFolder } from './packed-texts.ts';

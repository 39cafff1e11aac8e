export { openHelm } from './helm.ts';
export { chartBounds, openChart, type ChartFolder } from './chart-folder.ts';
export type { ClusterOptions, Helm, HelmOptions, ReleaseDriver, RenderOptions } from './types.ts';
export { decodeRelease, withStatus, type StoredRelease } from './stored-release.ts';
export { flatChart, isWhole, rebuildChart } from './stored-chart.ts';
export { maxChartBytes, packedTexts, subChartFolder } from './packed-texts.ts';
export { localChart, type ChartPlace, type LocalChart } from './remote.ts';

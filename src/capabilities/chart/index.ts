export {
  findOverride,
  withChart,
  type ChartInput,
  type ChartOverride,
  type OpenedChart,
} from './override.ts';
export type { Target } from './search.ts';
export type { Unmoved } from './unmoved.ts';
export type { ChartUsage } from './usages.ts';
export { vendorChart, type VendoredChart } from './vendor.ts';
export { rewriteChart, type ChartRewrite, type ChartRewriteOptions } from './rewrite-chart.ts';

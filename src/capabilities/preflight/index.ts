export { installersIn, type InstallerOptions } from './installer-files.ts';
export { registrySettings } from './settings.ts';
export { needsOf } from './needs.ts';
export type {
  Availability,
  InstallerAdvice,
  InstallerConfig,
  Need,
  PreflightItem,
  PreflightReport,
} from './types.ts';
export { preflight } from './report.ts';
export { preflightOf, type PreflightOptions, type PreflightSource } from './preflight-of.ts';

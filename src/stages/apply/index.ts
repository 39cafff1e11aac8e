export { apply, type ApplyEvent, type ApplyReport, type ApplyRun } from './apply.ts';
export type { ApplyDeps } from './deps.ts';

export { apply, type ApplyDeps, type ApplyEvent, type ApplyReport, type ApplyRun } from './apply.ts';

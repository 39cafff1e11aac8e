export { judgeManifest, reachedTo, type ManifestAnswer } from './steps.ts';
export { verdictOf } from './verdict.ts';

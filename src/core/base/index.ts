export { closestWord } from './closest-word.ts';
export { PullmendError, isError, type ErrorDetails, type ErrorParams } from './error.ts';
export {
  errorCatalogue,
  type ErrorCode,
  type ErrorSpec,
  type ErrorText,
  type Fault,
  type HarborDifference,
  type HarborUnsuitable,
} from './errors/index.ts';
export { subjectFlag } from './rbac-subject.ts';
export { errorSample } from './errors/sample.ts';
export { exitCode, type ExitCode } from './exit.ts';
export { languages, type Lang } from './lang.ts';
export { pointerToken } from './pointer-token.ts';
export { redact, redactAll } from './redact.ts';
export { compareReleases, nearestRelease } from './release.ts';
export { notText, reasonOf } from './system-reason.ts';
export { untilStopped } from './until-stopped.ts';

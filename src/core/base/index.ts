export { PullmendError, isError, type ErrorDetails, type ErrorParams } from './error.ts';
export {
  errorCatalogue,
  type ErrorCode,
  type ErrorSpec,
  type ErrorText,
  type Fault,
} from './errors/index.ts';
export { exitCode, type ExitCode } from './exit.ts';
export { languages, type Lang } from './lang.ts';
export { redact } from './redact.ts';

import { PullmendError, reasonOf } from '../../core/base/index.ts';

export function unreadable(file: string, cause: unknown): PullmendError<'PM_FILE_UNREADABLE'> {
  return new PullmendError('PM_FILE_UNREADABLE', { file, reason: reasonOf(cause) }, { cause });
}

export function unwritable(file: string, cause: unknown): PullmendError<'PM_FILE_UNWRITABLE'> {
  return new PullmendError('PM_FILE_UNWRITABLE', { file, reason: reasonOf(cause) }, { cause });
}

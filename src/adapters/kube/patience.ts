import { setTimeout as sleep } from 'node:timers/promises';
import { isError } from '../../core/base/index.ts';

/** First pause between two tries; each further one is twice as long. */
const firstPauseMs = 200;

/** Longest pause: a server that came back is noticed at once, as people see it. */
const longestPauseMs = 5000;

/** Waits; an abort ends it with the abort's own reason. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    throw signal?.aborted === true ? signal.reason : error;
  }
}

/** How long to pause after so many failures in a row, with a fifth of chance so that many clients do not come at once. */
export function backoffMs(failures: number): number {
  return (
    Math.min(firstPauseMs * 2 ** Math.max(0, failures - 1), longestPauseMs) * (0.8 + Math.random() * 0.4)
  );
}

/** Nobody knows whether the API server did what it was asked: the answer was lost, or it gave up in the middle. */
export function isUnanswered(error: unknown): boolean {
  if (isError(error, 'PM_API_UNREACHABLE')) return true;
  return isError(error, 'PM_API_ERROR') && [500, 502, 503, 504].includes(error.params.status);
}

/** What admission says when it could not decide, or would decide otherwise in a moment. */
const passing =
  /failed calling webhook|exceeded quota|status unknown for quota|object is being deleted|Operation cannot be fulfilled on resourcequotas|no API token found|try again later|timed? ?out|context deadline exceeded/i;

/** A refusal that may pass without anybody doing something about it: load, a restart, a webhook that is down, a full quota. */
export function mayPass(error: unknown): boolean {
  if (isUnanswered(error)) return true;
  if (isError(error, 'PM_API_ERROR')) return error.params.status === 429;
  return (
    (isError(error, 'PM_ADMISSION_DENIED') || isError(error, 'PM_CONFLICT')) &&
    passing.test(error.params.message)
  );
}

export type Patience = {
  /** Counted from the first try. */
  readonly forMs: number;
  readonly signal?: AbortSignal;
};

/**
 * Tries until it works, for a bounded time, as long as `again` says that another try may help.
 * Errors: the last one; the abort's reason.
 */
export async function patiently<T>(
  attempt: () => Promise<T>,
  { forMs, signal }: Patience,
  again: (error: unknown) => boolean = mayPass,
): Promise<T> {
  const deadline = Date.now() + forMs;
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      signal?.throwIfAborted();
      const wait = backoffMs(failures);
      if (!again(error) || Date.now() + wait > deadline) throw error;
      await pause(wait, signal);
    }
  }
}

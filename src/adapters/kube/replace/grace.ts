/** Ctrl-C ends within 2 s; the rest of them writes down what is open. */
const graceMs = 1200;

/**
 * A signal that aborts a moment after another one: what must not be left half done gets this long to finish.
 * `end` frees the timer and the outer signal.
 */
export function graceAfter(signal: AbortSignal | undefined): {
  readonly signal: AbortSignal;
  readonly end: () => void;
} {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const start = (): void => {
    timer = setTimeout(() => late.abort(signal?.reason), graceMs);
  };
  if (signal?.aborted === true) start();
  else signal?.addEventListener('abort', start, { once: true });
  return {
    signal: late.signal,
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', start);
    },
  };
}

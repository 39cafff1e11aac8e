/**
 * The result of work, or the reason of a stop as soon as that comes. For clients that hear of an abort late: undici does
 * once it has a connection, and a host that drops packets gives none for seconds.
 *
 * @param late what to do with a result that comes after the stop all the same
 */
export async function untilStopped<T>(
  work: Promise<T>,
  stop: AbortSignal | undefined,
  late: (result: T) => void,
): Promise<T> {
  if (stop === undefined) return await work;
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(stop.reason);
  if (stop.aborted) onAbort();
  stop.addEventListener('abort', onAbort, { once: true });
  work.then((result) => stop.aborted && late(result)).catch(() => undefined);
  try {
    return await Promise.race([promise, work]);
  } finally {
    stop.removeEventListener('abort', onAbort);
  }
}

/**
 * Runs work side by side and waits for all of it, also when one part fails: the rest is
 * told to stop, and nothing runs on behind the error's back.
 */
export async function together<T>(
  signal: AbortSignal | undefined,
  parts: readonly ((signal: AbortSignal) => Promise<T>)[],
): Promise<T[]> {
  const failure = new AbortController();
  const either = AbortSignal.any([failure.signal, ...(signal ? [signal] : [])]);
  const results = await Promise.allSettled(
    parts.map(async (part) => {
      try {
        return await part(either);
      } catch (error) {
        // The first reason stays; later ones are its consequences.
        failure.abort(error);
        throw error;
      }
    }),
  );
  failure.signal.throwIfAborted();
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

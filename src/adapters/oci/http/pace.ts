import type { Limits } from '../options.ts';

/** The sender keeps the connection alive, but the body would never end. */
export class SlowBodyError extends Error {
  readonly code = 'SLOW_BODY';
}

/**
 * Passes a body on as long as it keeps the pace of the limits. Only the time spent waiting for the sender counts:
 * a receiver that takes its time makes no body slow.
 */
export async function* paced(
  body: AsyncIterable<Uint8Array>,
  { paceBytes, paceMs }: Pick<Limits, 'paceBytes' | 'paceMs'>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let waited = 0;
  let bytes = 0;
  let asked = performance.now();
  for await (const chunk of body) {
    waited += performance.now() - asked;
    bytes += chunk.byteLength;
    if (waited >= paceMs) {
      if (bytes < paceBytes) throw new SlowBodyError(`${bytes} bytes in ${Math.round(waited / 1000)} s`);
      waited = 0;
      bytes = 0;
    }
    yield chunk;
    asked = performance.now();
  }
}

import { setTimeout as sleep } from 'node:timers/promises';

/** How often a question is asked again: a pod changes state every few seconds at most. */
const INTERVAL_MS = 500;

export type Look<T> = { readonly done: boolean; readonly seen: T };

/** Asks until the answer is good or the time is over; gives the last answer either way. */
export async function waitFor<T>(
  look: () => Promise<Look<T>>,
  within: number,
  signal: AbortSignal,
): Promise<Look<T> & { readonly seconds: number }> {
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1000;
  for (;;) {
    const answer = await look();
    if (answer.done || elapsed() >= within) return { ...answer, seconds: elapsed() };
    await sleep(INTERVAL_MS, undefined, { signal });
  }
}

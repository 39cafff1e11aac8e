import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { together } from './together.ts';

test('gives all results in order', async () => {
  expect(await together(undefined, [async () => 1, async () => 2])).toEqual([1, 2]);
});

test('the first failure stops the rest, and nothing is left running when it is reported', async () => {
  let ended = false;
  const work = together(undefined, [
    async (signal) => {
      await sleep(60_000, undefined, { signal }).catch(() => {});
      ended = true;
      throw new Error('consequence');
    },
    () => Promise.reject(new Error('cause')),
  ]);
  await expect(work).rejects.toThrow('cause');
  expect(ended).toBe(true);
});

test('the caller can stop it', async () => {
  const reason = new Error('interrupted');
  const signal = AbortSignal.abort(reason);
  const obedient = async (stop: AbortSignal): Promise<void> => stop.throwIfAborted();
  await expect(together(signal, [obedient])).rejects.toBe(reason);
});

import { expect, test } from 'vitest';
import { untilStopped } from './until-stopped.ts';

test('the result, or what the work throws', async () => {
  const { signal } = new AbortController();
  expect(await untilStopped(Promise.resolve(1), signal, () => {})).toBe(1);
  expect(await untilStopped(Promise.resolve(1), undefined, () => {})).toBe(1);
  await expect(untilStopped(Promise.reject(new Error('no')), signal, () => {})).rejects.toThrow('no');
});

test('a stop ends the wait at once; a result that comes later is handed over', async () => {
  const stop = new AbortController();
  const work = Promise.withResolvers<string>();
  const late: string[] = [];
  const waited = untilStopped(work.promise, stop.signal, (result) => void late.push(result));
  stop.abort(new Error('stopped'));
  await expect(waited).rejects.toThrow('stopped');
  work.resolve('here');
  await work.promise;
  expect(late).toEqual(['here']);
});

test('a stop from before, and work that fails after it', async () => {
  const work = Promise.withResolvers<string>();
  const waited = untilStopped(work.promise, AbortSignal.abort(new Error('stopped')), () => {});
  await expect(waited).rejects.toThrow('stopped');
  work.reject(new Error('nobody hears it'));
});

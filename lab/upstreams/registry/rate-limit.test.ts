import { expect, test } from 'vitest';
import { RateLimit } from './rate-limit.ts';

const fault = { host: 'mirror2.lab', repository: '', kind: 'rate-limit', requests: 2 } as const;

test('lets so many through in each window and tells how long the rest must wait', () => {
  let now = 1000;
  const limit = new RateLimit({ ...fault, windowSeconds: 30 }, () => now);
  expect([limit.take(fault), limit.take(fault)]).toEqual([[], []]);
  now += 9500;
  expect(limit.take(fault)).toMatchObject([{ kind: 'status', status: 429, retryAfterSeconds: 21 }]);
  now += 20_500;
  expect(limit.take(fault)).toEqual([]);
});

test('without a window it lasts', () => {
  let now = 0;
  const limit = new RateLimit(fault, () => now);
  limit.take(fault);
  limit.take(fault);
  now = 1e9;
  expect(limit.take(fault)).toMatchObject([{ status: 429, retryAfterSeconds: 600 }]);
});

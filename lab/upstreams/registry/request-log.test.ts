import { expect, test } from 'vitest';
import { RequestRing } from './request-log.ts';

const ARRIVAL = {
  host: 'quay.io',
  client: '10.89.0.11',
  method: 'GET',
  path: '/v2/a/b',
  repository: 'a/b',
  ns: '',
};

test('a status is seen as soon as it is sent, and stays', () => {
  const ring = new RequestRing();
  let status = 0;
  const settle = ring.add(ARRIVAL, () => status);
  expect(ring.read({}).requests).toMatchObject([{ seq: 1, status: 0 }]);
  status = 200;
  expect(ring.read({}).requests).toMatchObject([{ status: 200 }]);
  settle();
  status = 500;
  expect(ring.read({}).requests).toMatchObject([{ status: 200 }]);
});

test('what had to go is admitted', () => {
  const ring = new RequestRing();
  for (let count = 0; count < 20_002; count += 1) ring.add(ARRIVAL, () => 200);
  expect(ring.read({})).toMatchObject({ last: 20_002, truncated: true });
  expect(ring.read({}).requests).toHaveLength(20_000);
  expect(ring.read({ since: 2 }).truncated).toBe(false);
  ring.clear();
  expect(ring.read({})).toEqual({ requests: [], last: 20_002, truncated: false });
});

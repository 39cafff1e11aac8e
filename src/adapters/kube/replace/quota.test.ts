import { expect, test } from 'vitest';
import { isQuotaRefusal, quantity, roomWhenGone } from './quota.ts';

const refused = (requested: string, used: string, limited: string) =>
  `pods "web-1" is forbidden: exceeded quota: small, requested: ${requested}, used: ${used}, limited: ${limited}`;

test.for([
  ['pods=1', 'pods=5', 'pods=5', true],
  ['pods=1', 'pods=6', 'pods=5', false],
  ['pods=1,requests.cpu=100m', 'pods=5,requests.cpu=1', 'pods=5,requests.cpu=1000m', true],
  ['requests.memory=64Mi', 'requests.memory=1025Mi', 'requests.memory=1Gi', false],
  ['count/jobs.batch=1', 'count/jobs.batch=3', 'count/jobs.batch=3', true],
  ['pods=1', 'nonsense', 'pods=5', false],
] as const)('requested %s, used %s, limited %s: room %s', ([requested, used, limited, room]) => {
  const message = refused(requested, used, limited);
  expect(isQuotaRefusal(message)).toBe(true);
  expect(roomWhenGone(message, { kind: 'Pod', status: { phase: 'Pending' } })).toBe(room);
});

test('a pod that ended leaves no room but among objects', () => {
  const ended = { kind: 'Pod', status: { phase: 'Failed' } };
  expect(roomWhenGone(refused('pods=1', 'pods=5', 'pods=5'), ended)).toBe(false);
  expect(roomWhenGone(refused('count/pods=1', 'count/pods=5', 'count/pods=5'), ended)).toBe(true);
});

test('what is no such sentence leaves no room', () => {
  expect(roomWhenGone('exceeded quota: small, requested: pods=1', {})).toBe(false);
});

test.for([
  ['100m', 0.1],
  ['1', 1],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['2k', 2000],
  ['1e3', 1000],
  ['1E', 1e18],
  ['x', undefined],
  ['1Zi', undefined],
] as const)('quantity %s is %s', ([text, value]) => {
  expect(quantity(text)).toBe(value);
});

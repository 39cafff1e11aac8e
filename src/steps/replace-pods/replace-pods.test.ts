import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openShop, patchStep, pod, type Shop } from '../../../test/support/repair-shop.ts';
import type { ObjectRef, ReplacePodsStep } from '../../core/model/index.ts';
import { applyStep, isProvable, lookAt, undoStep, vetStep } from '../index.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

const ref = (name: string, uid?: string): ObjectRef => ({
  apiVersion: 'v1',
  kind: 'Pod',
  namespace: 'shop',
  name,
  ...(uid === undefined ? {} : { uid }),
});
const step = (...pods: readonly ObjectRef[]): ReplacePodsStep => ({
  id: 's2',
  kind: 'replace-pods',
  object: patchStep().object,
  needs: [],
  expect: [],
  pods,
});
const left = () => shop.server.all('Pod').map(({ metadata }) => (metadata as { name?: string }).name);
const go = async (one: ReplacePodsStep, more: { dryRun?: boolean; signal?: AbortSignal } = {}) =>
  await applyStep(one, { ...shop.tools, run: 'r-1', dryRun: false, ...more });

test('pods go in the order given; those that are gone are no failure', async () => {
  shop.server.put(pod('web:1', { name: 'a' }), pod('web:1', { name: 'b' }), pod('web:1', { name: 'c' }));
  await go(step(ref('b'), ref('gone'), ref('a')));
  expect(shop.writes().filter((one) => !one.endsWith('/gone'))).toEqual(['DELETE pods/b', 'DELETE pods/a']);
  expect(left()).toEqual(['c']);
});

test('a new pod of the same name stays', async () => {
  shop.server.put(pod('web:1', { name: 'a', uid: 'u2' }), pod('web:1', { name: 'b' }));
  await go(step(ref('a', 'u1'), ref('b')));
  expect(left()).toEqual(['a']);
});

test('a pod that came to run since the plan stays, unless it was said yes to', async () => {
  const running = { containerStatuses: [{ name: 'web', state: { running: {} } }] };
  shop.server.put(pod('web:1', { name: 'a' }, running));
  await go(step(ref('a')));
  expect(left()).toEqual(['a']);
  await go({ ...step(), restarts: [ref('a')] });
  expect(left()).toEqual([]);
});

test('a trial leaves them, and so does an abort', async () => {
  shop.server.put(pod('web:1', { name: 'a' }));
  await go(step(ref('a')), { dryRun: true });
  expect(left()).toEqual(['a']);
  await expect(go(step(ref('a')), { signal: AbortSignal.abort() })).rejects.toThrow();
  expect(left()).toEqual(['a']);
});

test('a refusal is told', async () => {
  shop.server.put(pod('web:1', { name: 'a' }));
  shop.server.deny({ verb: 'delete', resource: 'pods' });
  await expect(go(step(ref('a')))).rejects.toMatchObject({ code: 'PM_FORBIDDEN' });
});

test('others prove it, and there is nothing to take back', async () => {
  const one = { ...step(ref('a')), expect: patchStep().expect };
  expect(isProvable(one)).toBe(false);
  await expect(lookAt(one, shop.tools)).rejects.toThrow('s2 is proved by others');
  const context = {
    ...shop.tools,
    run: 'r-1',
    dryRun: false,
    stillNeeded: false,
    reopen: async () => await Promise.resolve(),
  };
  expect(await undoStep({ step: one, state: 'applied', at: '' }, context)).toEqual([]);
});

describe('in a plan that somebody edited', () => {
  const allowed = { images: new Set<string>(), hosts: new Set<string>() };
  test('only pods of its own namespace go', () => {
    expect(vetStep(step(ref('a')), allowed)).toBeUndefined();
    expect(vetStep(step({ ...ref('a'), kind: 'Node' }), allowed)).toBe('it would delete Node a');
    expect(vetStep(step(ref('b'), { ...ref('a'), namespace: 'bank' }), allowed)).toBe(
      'it would delete Pod a',
    );
  });
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusal } from '../../../test/support/apiserver.ts';
import {
  openShop,
  patchStep,
  planOf,
  pod,
  recreateStep,
  type Shop,
} from '../../../test/support/repair-shop.ts';
import type { World } from '../../access/index.ts';
import { triedPlan } from './tried.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
  shop.server.put(pod('web:1'));
});
afterEach(async () => {
  await shop.close();
});

const cluster = { context: 'stub', server: 's', version: 'v1' };
const step = recreateStep();

async function tried(signal = new AbortController().signal) {
  const outside = { kube: async () => await Promise.resolve(shop.kube) };
  const { spec } = await triedPlan(planOf([step, patchStep()], { cluster }), {
    outside,
    options: { signal },
  } as unknown as World);
  return spec.steps;
}

test('what the API server would accept is as planned, and nothing was written', async () => {
  const [made, patched] = await tried();
  expect(made).toMatchObject({ id: 's1', kind: 'recreate' });
  expect(JSON.stringify(made)).not.toContain('refused');
  expect(patched).toEqual(patchStep());
  expect(shop.writes()).toEqual([]);
});

test('what it would refuse is told with the step', async () => {
  shop.server.script({
    method: 'DELETE',
    dryRun: true,
    times: 9,
    reply: refusal(400, 'pods stay where they are'),
  });
  const [made] = await tried();
  expect(made).toMatchObject({
    untried: [{ what: 'refused', message: expect.stringContaining('pods stay where they are') as unknown }],
  });
});

test('missing rights are told elsewhere', async () => {
  shop.server.deny({ verb: 'delete', resource: 'pods' });
  expect(JSON.stringify(await tried())).not.toContain('refused');
});

test('a plan for files asks no cluster', async () => {
  const plan = planOf([step]);
  expect(await triedPlan(plan, {} as World)).toBe(plan);
});

test('an abort ends it', async () => {
  await expect(tried(AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
});

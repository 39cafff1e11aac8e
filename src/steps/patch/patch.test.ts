import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  deployment,
  imageOf,
  imagePath,
  openShop,
  patchStep,
  type Shop,
} from '../../../test/support/repair-shop.ts';
import type { JsonObject, PatchStep, Receipt } from '../../core/model/index.ts';
import { applyStep, isProvable, laneOf, lostIn, servesOthers, undoStep } from '../index.ts';
import { preview } from './preview.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

const web = () => shop.server.get('Deployment', 'shop', 'web');
const write = async (step: PatchStep, dryRun = false) =>
  await applyStep(step, { ...shop.tools, run: 'r-1', dryRun });

test('writes the new value, and says how many pods were ready before', async () => {
  shop.server.put(deployment('web:1', {}, { readyReplicas: 3 }));
  expect(await write(patchStep())).toMatchObject({ ready: 3 });
  expect(imageOf(web())).toBe('m/web:1');
  expect(shop.writes()).toEqual(['PATCH deployments/web']);
});

test('that is done already writes nothing again', async () => {
  shop.server.put(deployment('m/web:1'));
  await write(patchStep());
  expect(shop.writes()).toEqual([]);
});

test('a value that somebody wrote since the plan stays, and both are told', async () => {
  shop.server.put(deployment('web:2'));
  await expect(write(patchStep())).rejects.toMatchObject({
    code: 'PM_CHANGED_SINCE_PLAN',
    params: { object: 'Deployment/shop/web', path: imagePath, found: '"web:2"', expected: '"web:1"' },
  });
  expect(imageOf(web())).toBe('web:2');
});

test('a field that came since the plan is told as well', async () => {
  shop.server.put(deployment('web:1'));
  const gone = { path: '/spec/paused', before: true, after: false };
  await expect(write(patchStep({ changes: [gone] }))).rejects.toMatchObject({
    params: { found: 'null', expected: 'true' },
  });
  const there = { path: '/spec/replicas', after: 2 };
  await expect(write(patchStep({ changes: [there] }))).rejects.toMatchObject({
    params: { found: '1', expected: 'null' },
  });
});

test('an object of the same name that was made since the plan is another one', async () => {
  shop.server.put(deployment('web:1', { uid: 'u2' }));
  const planned = patchStep({ object: { ...patchStep().object, uid: 'u1' } });
  await expect(write(planned)).rejects.toMatchObject({
    code: 'PM_REPLACED_SINCE_PLAN',
    params: { object: 'Deployment/shop/web' },
  });
  expect(shop.writes()).toEqual([]);
});

test('that loses the race against a controller looks again and writes', async () => {
  shop.server.put(deployment('web:1'));
  let races = 2;
  shop.server.intercept(({ method }) => {
    if (method === 'PATCH' && races > 0) {
      races -= 1;
      shop.server.put(deployment('web:1', { labels: { turn: String(races) } }));
    }
    return undefined;
  });
  await write(patchStep());
  expect(imageOf(web())).toBe('m/web:1');
});

test('whose answer is lost is read back, and not written twice', async () => {
  shop.server.put(deployment('web:1'));
  shop.server.script({ method: 'PATCH', reply: 'lost' });
  await write(patchStep());
  expect(imageOf(web())).toBe('m/web:1');
  expect(shop.writes()).toEqual(['PATCH deployments/web']);
});

test('a trial asks the API server and changes nothing', async () => {
  shop.server.put(deployment('web:1'));
  await write(patchStep(), true);
  expect(shop.writes()).toEqual([]);
  expect(shop.server.requests.some(({ method }) => method === 'PATCH')).toBe(true);
});

describe('who wrote over it', () => {
  const entry = (manager: string, time: string, more: JsonObject = {}) => ({ manager, time, ...more });
  const managed = (...managedFields: readonly JsonObject[]) => deployment('web:1', { managedFields });

  test('is nobody while the field holds', () => {
    expect(lostIn(patchStep(), deployment('m/web:1'))).toBeUndefined();
  });

  test('is the newest of the others, who wrote the object itself', () => {
    const object = managed(
      entry('helm', '2026-01-01T00:00:00Z'),
      entry('argocd', '2026-01-02T00:00:00Z'),
      entry('kubelet', '2026-01-04T00:00:00Z', { subresource: 'status' }),
      entry('pullmend', '2026-01-03T00:00:00Z'),
    );
    expect(lostIn(patchStep(), object)).toEqual({
      reason: 'overwritten',
      detail: imagePath,
      by: 'argocd',
      at: '2026-01-02T00:00:00Z',
    });
  });

  test('is not known where nobody says so', () => {
    expect(lostIn(patchStep(), deployment('web:1'))).toEqual({ reason: 'overwritten', detail: imagePath });
  });
});

test('is proved by pods, alone, and for itself', () => {
  expect(isProvable(patchStep())).toBe(true);
  expect(isProvable(patchStep({ expect: [] }))).toBe(false);
  expect(laneOf(patchStep())).toBeUndefined();
  expect(servesOthers(patchStep())).toBe(false);
});

/** Nobody else uses what is taken away. */
const alone = { stillNeeded: false, reopen: async () => await Promise.resolve() };

describe('undo', () => {
  const fields = (container: string): JsonObject => ({
    'f:spec': {
      'f:template': { 'f:spec': { 'f:containers': { [`k:{"name":"${container}"}`]: { 'f:image': {} } } } },
    },
  });
  const applied = { manager: 'helm', operation: 'Apply', apiVersion: 'apps/v1', fieldsType: 'FieldsV1' };
  const helm = { ...applied, fieldsV1: fields('web') };
  const ours = { ...applied, manager: 'pullmend', operation: 'Update', fieldsV1: fields('web') };
  const takeBack = async (dryRun: boolean) => {
    const receipt: Receipt = {
      step: patchStep(),
      state: 'applied',
      at: '2026-01-01T00:00:00Z',
      managers: [helm],
    };
    return await undoStep(receipt, { ...shop.tools, run: 'r-1', dryRun, ...alone });
  };

  test('gives the field back to whoever owned it, also where the old value stands there already', async () => {
    shop.server.put(deployment('web:1', { managedFields: [ours] }));
    expect(await takeBack(false)).toMatchObject([{ outcome: 'already', path: imagePath }]);
    const sent = shop.server.requests.filter(({ method }) => method === 'PATCH');
    expect(JSON.stringify(sent.at(-1)?.body)).toContain('"manager":"helm"');
    expect(JSON.stringify(sent.at(-1)?.body)).not.toContain('"manager":"pullmend"');
  });

  test('in a trial leaves the owners as they are', async () => {
    shop.server.put(deployment('web:1', { managedFields: [ours] }));
    expect(await takeBack(true)).toMatchObject([{ outcome: 'already' }]);
    shop.server.put(deployment('m/web:1', { managedFields: [ours] }));
    expect(await takeBack(true)).toMatchObject([{ outcome: 'restored' }]);
    expect(shop.writes()).toEqual([]);
    const sent = shop.server.requests.filter(({ method }) => method === 'PATCH');
    expect(JSON.stringify(sent.map(({ body }) => body))).not.toContain('managedFields');
  });

  test('says nothing of ownership where somebody else wrote', async () => {
    shop.server.put(deployment('web:2', { managedFields: [ours] }));
    expect(await takeBack(false)).toMatchObject([{ outcome: 'changed-since', detail: '"web:2"' }]);
    expect(shop.writes()).toEqual([]);
  });
});

test('what is shown: the field before and after; without a value before there was none', () => {
  const [change] = patchStep().changes;
  if (change === undefined) throw new Error('the step changes nothing');
  expect(preview(patchStep())).toMatchObject({
    changes: 1,
    waits: true,
    diff: [{ shows: 'field', path: imagePath, before: 'web:1', after: 'm/web:1' }],
  });
  const { before: _, ...added } = change;
  const [line] = preview(patchStep({ changes: [added], expect: [] })).diff;
  expect(line).toEqual({ shows: 'field', path: imagePath, after: 'm/web:1' });
  expect(preview(patchStep({ expect: [] })).waits).toBe(false);
});

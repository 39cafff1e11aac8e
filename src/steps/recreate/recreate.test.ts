import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { imageOf, openShop, pod, recreateStep, type Shop } from '../../../test/support/repair-shop.ts';
import { markedForRun } from '../../adapters/kube/index.ts';
import type { JsonObject, Receipt, RecreateStep } from '../../core/model/index.ts';
import { applyStep, lookAt, undoStep } from '../index.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

const one = () => shop.server.get('Pod', 'shop', 'one');
const uidOf = (object: JsonObject | undefined) => (object?.metadata as { uid?: string } | undefined)?.uid;
const planned = (uid = 'u1') => recreateStep({ object: { ...recreateStep().object, uid } });
const make = async (step: RecreateStep, dryRun = false) =>
  await applyStep(step, { ...shop.tools, run: 'r-1', dryRun });

describe('made anew', () => {
  test('it has its copy, the name of the run, and another UID', async () => {
    const conditions = [{ type: 'Ready', status: 'True' }];
    shop.server.put(pod('web:1', { uid: 'u1' }, { conditions }));
    const { uid, ready } = await make(planned());
    expect(imageOf(one())).toBe('m/web:1');
    expect(uid).toBe(uidOf(one()));
    expect(uid).not.toBe('u1');
    expect(ready).toBe(1);
    expect(one()?.metadata).toMatchObject({ annotations: { 'pullmend.dev/run': 'r-1' } });
    expect(shop.writes()).toEqual(['DELETE pods/one', 'POST shop/pods']);
  });

  test('not when another one has the name by now', async () => {
    shop.server.put(pod('web:1', { uid: 'u2' }));
    await expect(make(planned())).rejects.toMatchObject({ code: 'PM_REPLACED_SINCE_PLAN' });
    expect(uidOf(one())).toBe('u2');
    expect(shop.writes()).toEqual([]);
  });

  test('not when somebody gave it another image', async () => {
    shop.server.put(pod('web:2', { uid: 'u1' }));
    await expect(make(planned())).rejects.toMatchObject({
      code: 'PM_CHANGED_SINCE_PLAN',
      params: { object: 'Pod/shop/one', path: '/spec/…/image', found: 'web=web:2', expected: 'web=web:1' },
    });
    expect(shop.writes()).toEqual([]);
  });

  test('in a trial it is left alone', async () => {
    shop.server.put(pod('web:1', { uid: 'u1' }));
    expect(await make(planned(), true)).toEqual({});
    expect(uidOf(one())).toBe('u1');
    expect(shop.writes()).toEqual([]);
  });

  test('a container that runs is not lost without a question', async () => {
    const running = { containerStatuses: [{ name: 'side', state: { running: {} } }] };
    shop.server.put(pod('web:1', { uid: 'u1' }, running));
    await expect(make(planned())).rejects.toMatchObject({ code: 'PM_RUNS_SINCE_PLAN' });
    expect(shop.writes()).toEqual([]);
    const loss = { what: 'running-containers', pods: 1, names: ['side'] } as const;
    await make({ ...planned(), loss });
    expect(imageOf(one())).toBe('m/web:1');
  });
});

describe('taken back', () => {
  async function takeBack(state: Receipt['state'] = 'applied', dryRun = false) {
    const opened: string[] = [];
    const receipt = { step: planned(), state, at: '2026-01-01T00:00:00Z' };
    const reopen = async () => {
      opened.push(shop.writes().join());
      await Promise.resolve();
    };
    const context = { ...shop.tools, run: 'r-1', dryRun, stillNeeded: false, reopen };
    const outcomes = await undoStep(receipt, context);
    return { told: outcomes.map(({ outcome }) => outcome), opened, outcomes };
  }
  const mended = (metadata: JsonObject = {}, image = 'm/web:1') =>
    markedForRun(pod(image, { uid: 'u2', ...metadata }), 'r-1');

  test('it is as it was, and the record was opened before it went', async () => {
    shop.server.put(mended());
    expect(await takeBack()).toMatchObject({ told: ['restored'], opened: [''] });
    expect(imageOf(one())).toBe('web:1');
    expect(uidOf(one())).not.toBe('u2');
  });

  test('in a dry run it is left alone', async () => {
    shop.server.put(mended());
    expect(await takeBack('applied', true)).toMatchObject({ told: ['restored'], opened: [] });
    expect(uidOf(one())).toBe('u2');
    expect(shop.writes()).toEqual([]);
  });

  test('one that somebody made since stays', async () => {
    shop.server.put(pod('m/web:1', { uid: 'u3' }));
    expect((await takeBack()).outcomes).toMatchObject([
      { step: 's1', outcome: 'changed-since', detail: 'the object was created anew' },
    ]);
    expect(uidOf(one())).toBe('u3');
  });

  test('one that somebody gave another image stays', async () => {
    shop.server.put(mended({}, 'web:3'));
    expect((await takeBack()).outcomes).toMatchObject([{ outcome: 'changed-since', path: '/spec/…/image' }]);
    expect(imageOf(one())).toBe('web:3');
    expect(shop.writes()).toEqual([]);
  });

  test('the one of the plan, never deleted, is there already', async () => {
    shop.server.put(pod('web:1', { uid: 'u1' }));
    expect((await takeBack('intended')).told).toEqual(['already']);
    expect(shop.writes()).toEqual([]);
  });

  test('a run that was killed between the two halves left a hole, which is filled', async () => {
    expect((await takeBack('intended')).told).toEqual(['restored']);
    expect(imageOf(one())).toBe('web:1');
  });

  test('in a dry run the hole stays', async () => {
    expect((await takeBack('intended', true)).told).toEqual(['restored']);
    expect(one()).toBeUndefined();
  });

  test('one that was finished and cleaned up is not made again', async () => {
    expect((await takeBack('applied')).told).toEqual(['gone']);
    expect(one()).toBeUndefined();
  });
});

describe('a Job that did its work', () => {
  const job = (image: string, metadata: JsonObject, status: JsonObject): JsonObject => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { namespace: 'shop', name: 'load', ...metadata },
    spec: { template: { spec: { containers: [{ name: 'c', image }] } } },
    status,
  });
  const step = recreateStep({
    object: { apiVersion: 'batch/v1', kind: 'Job', namespace: 'shop', name: 'load', uid: 'u1' },
    before: job('web:1', {}, {}),
    after: job('m/web:1', {}, {}),
  });
  const receipt = { step, state: 'applied', at: '2026-01-01T00:00:00Z' } as const;
  const undone = async (type: string, status: string) => {
    shop.server.put(markedForRun(job('m/web:1', { uid: 'u2' }, { conditions: [{ type, status }] }), 'r-1'));
    const reopen = async () => await Promise.resolve();
    const context = { ...shop.tools, run: 'r-1', dryRun: false, stillNeeded: false, reopen };
    return (await undoStep(receipt, context)).map(({ outcome }) => outcome);
  };

  test('keeps its result', async () => {
    expect(await undone('Complete', 'True')).toEqual(['completed']);
    expect(shop.writes()).toEqual([]);
  });

  test.each([
    ['Complete', 'False'],
    ['Suspended', 'True'],
  ])('has done nothing yet by %s=%s', async (type, status) => {
    expect(await undone(type, status)).toEqual(['restored']);
  });
});

describe('proved', () => {
  test('by the kubelet', async () => {
    const status = {
      containerStatuses: [{ name: 'web', imageID: 'm/web@sha256:1', state: { running: {} } }],
    };
    shop.server.put(pod('m/web:1', {}, status));
    expect(await lookAt(recreateStep(), shop.tools)).toMatchObject({
      result: 'proved',
      proved: 1,
      expected: 1,
    });
  });

  test('not when it is gone, or another one', async () => {
    const lost = { result: 'reverted', final: 'now', proved: 0, expected: 0 };
    expect(await lookAt(recreateStep(), shop.tools)).toEqual({ ...lost, reason: 'gone' });
    shop.server.put(pod('web:1'));
    expect(await lookAt(recreateStep(), shop.tools)).toEqual({ ...lost, reason: 'created-anew' });
  });
});

test.each<[string, JsonObject, JsonObject]>([
  [
    'init containers',
    { initContainers: [{ name: 'i', image: 'i:2' }] },
    { initContainers: [{ name: 'i', image: 'i:1' }] },
  ],
  [
    'image volumes',
    { volumes: [{ name: 'v', image: { reference: 'v:2' } }] },
    { volumes: [{ name: 'v', image: { reference: 'v:1' } }] },
  ],
])('%s count as images', async (_, live, before) => {
  const withSpec = (object: JsonObject, more: JsonObject) => ({
    ...object,
    spec: { ...(object.spec as JsonObject), ...more },
  });
  shop.server.put(withSpec(pod('web:1', { uid: 'u1' }), live));
  await expect(make({ ...planned(), before: withSpec(pod('web:1'), before) })).rejects.toMatchObject({
    code: 'PM_CHANGED_SINCE_PLAN',
  });
});

test('volumes without an image are none', async () => {
  const withVolume = (object: JsonObject, name: string) => ({
    ...object,
    spec: { ...(object.spec as JsonObject), volumes: [{ name, emptyDir: {} }] },
  });
  shop.server.put(withVolume(pod('web:1', { uid: 'u1' }), 'token'));
  await make({ ...planned(), before: withVolume(pod('web:1'), 'other') });
  expect(imageOf(one())).toBe('m/web:1');
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { openShop, type Shop } from '../../../test/support/repair-shop.ts';
import { makeDefault } from '../../core/knowledge/chains/index.ts';
import type { DefaultClassStep, JsonObject } from '../../core/model/index.ts';
import { applyStep, isProvable, lookAt, rightsOf, undoStep, vetStep } from '../index.ts';
import { previewOf } from '../previews.ts';

const mark = 'storageclass.kubernetes.io/is-default-class';
const path = '/metadata/annotations/storageclass.kubernetes.io~1is-default-class';
const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data' };

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

function storageClass(annotations?: JsonObject): JsonObject {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'local', ...(annotations === undefined ? {} : { annotations }) },
    provisioner: 'example.com/local',
  };
}

function pvc(phase: string, storageClassName?: string): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace: 'shop', name: 'data' },
    spec: storageClassName === undefined ? {} : { storageClassName },
    status: { phase },
  };
}

function step(change: DefaultClassStep['change'], more: Partial<DefaultClassStep> = {}): DefaultClassStep {
  return {
    id: 's1',
    kind: 'default-class',
    object: { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', name: 'local' },
    needs: [],
    expect: [],
    change,
    claims: [claim],
    ...more,
  };
}

const context = (dryRun = false) => ({ ...shop.tools, run: 'r-1', dryRun });
const annotationsOf = (kind: string, namespace: string | undefined, name: string) =>
  (shop.server.get(kind, namespace, name)?.['metadata'] as JsonObject | undefined)?.['annotations'];

test('marks the class, and lets the scheduler look at claims that got it; nothing else stays on them', async () => {
  shop.server.put(storageClass({ mine: 'x' }));
  shop.server.put(pvc('Pending', 'local'));
  await applyStep(step({ path, after: 'true' }), context());
  expect(annotationsOf('StorageClass', undefined, 'local')).toEqual({ mine: 'x', [mark]: 'true' });
  expect(shop.writes().filter((write) => write.endsWith('/data'))).toHaveLength(2);
  expect(annotationsOf('PersistentVolumeClaim', 'shop', 'data') ?? {}).toEqual({});
});

test('a claim that has its volume is left alone', async () => {
  shop.server.put(storageClass());
  shop.server.put(pvc('Bound', 'local'));
  const change = makeDefault(storageClass());
  if (change === undefined) throw new Error('it is marked');
  await applyStep(step(change), context());
  expect(shop.writes()).toEqual(['PATCH storageclasses/local']);
  expect(annotationsOf('StorageClass', undefined, 'local')).toEqual({ [mark]: 'true' });
});

test('a trial writes nothing, to claims neither', async () => {
  shop.server.put(storageClass({}));
  shop.server.put(pvc('Pending', 'local'));
  await applyStep(step({ path, after: 'true' }), context(true));
  expect(shop.writes()).toEqual([]);
});

test('a mark that somebody changed since the plan stays', async () => {
  shop.server.put(storageClass({ [mark]: 'maybe' }));
  await expect(applyStep(step({ path, before: 'false', after: 'true' }), context())).rejects.toMatchObject({
    code: 'PM_CHANGED_SINCE_PLAN',
  });
});

test('claims that got a class prove it, one without does not, and a mark that is gone is told', async () => {
  shop.server.put(storageClass({ [mark]: 'true' }));
  shop.server.put(pvc('Pending'));
  const marked = step({ path, after: 'true' });
  expect(await lookAt(marked, shop.tools)).toMatchObject({ result: 'failing', reason: 'claim-unbound' });
  shop.server.put(pvc('Pending', 'local'));
  expect(await lookAt(marked, shop.tools)).toMatchObject({
    result: 'proved',
    others: ['shop/data: Pending'],
  });
  shop.server.put(pvc('Bound', 'local'));
  expect(await lookAt(marked, shop.tools)).toEqual({
    result: 'proved',
    final: 'now',
    proved: 1,
    expected: 1,
  });
  shop.server.put(storageClass({}));
  expect(await lookAt(marked, shop.tools)).toMatchObject({ result: 'reverted' });
  expect([isProvable(marked), isProvable(step({ path, after: 'true' }, { claims: [] }))]).toEqual([
    true,
    false,
  ]);
});

test('undo takes the mark away where it is still ours', async () => {
  const receipt = {
    step: step({ path, after: 'true' }),
    state: 'applied',
    at: '2026-01-01T00:00:00Z',
  } as const;
  const undoing = { ...context(), stillNeeded: false, reopen: async () => await Promise.resolve() };
  shop.server.put(storageClass({ mine: 'x', [mark]: 'true' }));
  expect(await undoStep(receipt, undoing)).toMatchObject([{ outcome: 'restored' }]);
  expect(annotationsOf('StorageClass', undefined, 'local')).toEqual({ mine: 'x' });
  shop.server.put(storageClass({ [mark]: 'false' }));
  expect(await undoStep(receipt, undoing)).toMatchObject([{ outcome: 'changed-since' }]);
});

test.each([
  ['another annotation', step({ path: '/metadata/annotations/other', after: 'true' })],
  ['another value', step({ path, after: 'yes' })],
  [
    'all annotations, where there were some',
    step({ path: '/metadata/annotations', before: {}, after: { [mark]: 'true' } }),
  ],
  ['more than the mark', step({ path: '/metadata/annotations', after: { [mark]: 'true', more: 'x' } })],
  ['the provisioner', step({ path: '/provisioner', before: 'a', after: 'true' })],
  [
    'another kind',
    step({ path, after: 'true' }, { object: { apiVersion: 'v1', kind: 'Secret', name: 'a' } }),
  ],
  ['claims of another kind', step({ path, after: 'true' }, { claims: [{ ...claim, kind: 'Pod' }] })],
])('a plan is refused that would change %s', (_, bad) => {
  const allowed = { images: new Set<string>(), hosts: new Set<string>() };
  expect(vetStep(bad, allowed)).toBeDefined();
  expect(vetStep(step({ path, after: 'true' }), allowed)).toBeUndefined();
});

test('takes the class, and the claims in their namespaces', () => {
  expect(rightsOf(step({ path, after: 'true' }))).toEqual([
    { verb: 'get', resource: 'storageclasses.storage.k8s.io' },
    { verb: 'patch', resource: 'storageclasses.storage.k8s.io' },
    { verb: 'get', resource: 'persistentvolumeclaims', namespace: 'shop' },
    { verb: 'patch', resource: 'persistentvolumeclaims', namespace: 'shop' },
  ]);
  expect(previewOf(step({ path, after: 'false' }, { claims: [] }))).toMatchObject({
    action: { does: 'mark-default', isDefault: false, claims: 0 },
    waits: false,
  });
});

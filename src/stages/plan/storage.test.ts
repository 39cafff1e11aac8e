import { expect, test } from 'vitest';
import type { JsonObject } from '../../core/model/index.ts';
import type { PlanInput, StorageFact } from './index.ts';
import { storageSteps } from './storage.ts';

const mark = 'storageclass.kubernetes.io/is-default-class';
const beta = 'storageclass.beta.kubernetes.io/is-default-class';

function storageClass(name: string, annotations?: JsonObject): JsonObject {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, annotations },
  } as JsonObject;
}

function stepsFor(storage: StorageFact | undefined, withdrawn?: PlanInput['withdrawn']) {
  const input = { facts: storage === undefined ? {} : { storage }, ...(withdrawn && { withdrawn }) };
  return storageSteps(input as unknown as PlanInput).flat();
}

const claims = [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data' }];

test('the only class becomes the default one, whatever its annotations are', () => {
  const changeOf = (annotations?: JsonObject) =>
    stepsFor({ is: 'missing', storageClass: storageClass('local', annotations), claims }).map(
      (step) => step.kind === 'default-class' && [step.change, step.claims.length],
    );
  const path = '/metadata/annotations/storageclass.kubernetes.io~1is-default-class';
  expect(changeOf()).toEqual([[{ path: '/metadata/annotations', after: { [mark]: 'true' } }, 1]]);
  expect(changeOf({ a: 'b' })).toEqual([[{ path, after: 'true' }, 1]]);
  expect(changeOf({ [mark]: 'false' })).toEqual([[{ path, before: 'false', after: 'true' }, 1]]);
  expect(changeOf({ [mark]: 'true' })).toEqual([]);
});

test('of several those that do not count lose every mark, each after a question', () => {
  const steps = stepsFor({
    is: 'several',
    kept: 'new',
    others: [storageClass('old', { [mark]: 'true', [beta]: 'true' }), storageClass('plain', {})],
  });
  expect(steps).toMatchObject([
    { object: { name: 'old' }, change: { before: 'true', after: 'false' }, loss: { names: ['new'] } },
    { object: { name: 'old' }, change: { before: 'true', after: 'false' }, loss: { names: ['new'] } },
  ]);
});

test('without the fact, or for a second way of something else, nothing is done', () => {
  expect(stepsFor(undefined)).toEqual([]);
  const missing: StorageFact = { is: 'missing', storageClass: storageClass('local'), claims };
  expect(stepsFor(missing, [])).toEqual([]);
});

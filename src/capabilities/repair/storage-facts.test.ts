import { describe, expect, test } from 'vitest';
import type { World } from '../../access/index.ts';
import {
  parseSelection,
  type Chain,
  type ClusterFinding,
  type JsonObject,
  type ObjectRef,
} from '../../core/model/index.ts';
import type { PlanInput } from '../../stages/plan/index.ts';
import { withStorageFacts } from './storage-facts.ts';

const claim: ObjectRef = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  namespace: 'shop',
  name: 'data',
  uid: 'u1',
};
const ref = (name: string): ObjectRef => ({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', name });

function storageClass(name: string, provisioner = 'example.com/local'): JsonObject {
  return { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name }, provisioner };
}

const waits: Chain = {
  class: 'no-storage-class',
  links: [
    { object: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'db-0' }, symptom: '' },
    { object: claim, symptom: '' },
  ],
};

type Given = {
  readonly classes?: readonly JsonObject[];
  readonly kind?: 'no-default-storage-class' | 'several-default-storage-classes';
  readonly chains?: readonly Chain[];
  readonly only?: readonly string[];
  readonly may?: boolean;
};

async function factFor(given: Given) {
  const {
    classes = [storageClass('local')],
    kind = 'no-default-storage-class',
    chains = [waits, waits],
  } = given;
  const names = classes.map(({ metadata }) => String((metadata as JsonObject)['name']));
  const findings: readonly ClusterFinding[] = [{ kind, objects: names.map(ref) }];
  const input = { inventory: { findings, chains } } as unknown as PlanInput;
  const kube = {
    can: async () => await Promise.resolve(given.may ?? true),
    find: async ({ name }: ObjectRef) => await Promise.resolve(classes[names.indexOf(name)]),
  };
  const world = { outside: { kube: async () => await Promise.resolve(kube) } } as unknown as World;
  const only = (given.only ?? []).flatMap((text) => parseSelection(text) ?? []);
  return (await withStorageFacts(input, only, world)).facts?.storage;
}

describe('no default class', () => {
  test('the only one is meant, for each claim that waits once', async () => {
    expect(await factFor({})).toEqual({
      is: 'missing',
      storageClass: storageClass('local'),
      claims: [claim],
    });
  });

  test.each<[string, Given]>([
    ['of several a person chooses', { classes: [storageClass('a'), storageClass('b')] }],
    ['none at all', { classes: [] }],
    ['volumes made by hand', { classes: [storageClass('local', 'kubernetes.io/no-provisioner')] }],
    ['no claim waits for it', { chains: [] }],
    ['a user who may not mark it', { may: false }],
    ['a person chose something else', { only: ['namespace=shop'] }],
    ['another image was chosen', { only: ['image=nginx'] }],
  ])('%s: nothing is planned', async (_, given) => {
    expect(await factFor(given)).toBeUndefined();
  });
});

describe('several default classes', () => {
  const several = {
    kind: 'several-default-storage-classes',
    classes: [storageClass('new'), storageClass('old')],
  } as const;

  test('are left alone unless a person chose StorageClasses', async () => {
    expect(await factFor(several)).toBeUndefined();
    expect(await factFor({ ...several, only: ['kind=*'] })).toBeUndefined();
    expect(await factFor({ ...several, only: ['kind=storageclass'], may: false })).toBeUndefined();
  });

  test('then those that do not count are meant', async () => {
    const expected = { is: 'several', kept: 'new', others: [storageClass('old')] };
    expect(await factFor({ ...several, only: ['kind=StorageClass'] })).toEqual(expected);
    expect(await factFor({ ...several, only: ['kind=StorageClass/old'] })).toEqual(expected);
    expect(await factFor({ ...several, only: ['kind=StorageClass/new'] })).toBeUndefined();
  });
});

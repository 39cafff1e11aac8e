import { describe, expect, test } from 'vitest';
import type { PatchOperation } from '../../../core/edit/index.ts';
import { dig } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../core/model/index.ts';
import type { ObjectApi } from '../object-api.ts';
import { divide, intersect, pathIn, union } from './field-tree.ts';
import { managersOf, releaseFields, type Release } from './release-fields.ts';

const image = (name: string, more: JsonObject = {}): JsonObject => ({
  [`k:{"name":"${name}"}`]: { ...more, 'f:image': {} },
});
const inPod = (containers: JsonObject, more: JsonObject = {}): JsonObject => ({
  'f:spec': { 'f:template': { 'f:spec': { 'f:containers': containers, ...more } } },
});

describe('sets of fields', () => {
  const whole = inPod({ ...image('c', { '.': {}, 'f:name': {} }), ...image('d') });

  test('common members and all members', () => {
    expect(intersect(whole, inPod({ ...image('d'), ...image('e') }))).toEqual(inPod(image('d')));
    expect(intersect(whole, inPod(image('e')))).toBeUndefined();
    expect(intersect({ 'f:a': { '.': {}, 'f:b': {} } }, { 'f:a': {} })).toEqual({ 'f:a': {} });
    expect(union(inPod(image('c')), inPod(image('d')))).toEqual(inPod({ ...image('c'), ...image('d') }));
    expect(union({ 'f:a': {} }, { 'f:a': { 'f:b': {} } })).toEqual({ 'f:a': { '.': {}, 'f:b': {} } });
  });

  test('a pointer is followed through lists with keys, sets, places and atomic fields', () => {
    const object = {
      spec: {
        ports: [
          { containerPort: 80, protocol: 'UDP' },
          { containerPort: 80, protocol: 'TCP' },
        ],
        names: ['x', 'y'],
        rules: [{ a: 1 }],
        args: ['a'],
      },
    };
    const key = 'k:{"containerPort":80,"protocol":"TCP"}';
    const set = {
      'f:spec': {
        'f:ports': { [key]: { '.': {}, 'f:name': {} }, 'k:{bad': {} },
        'f:names': { 'v:"y"': {} },
        'f:rules': { 'i:0': { 'f:a': {} } },
        'f:args': {},
      },
    };
    expect(pathIn(set, object, '/spec/ports/1/name')).toEqual(['f:spec', 'f:ports', key, 'f:name']);
    expect(pathIn(set, object, '/spec/ports/0/name')).toBeUndefined();
    expect(pathIn(set, object, '/spec/names/1')).toEqual(['f:spec', 'f:names', 'v:"y"']);
    expect(pathIn(set, object, '/spec/rules/0/a')).toEqual(['f:spec', 'f:rules', 'i:0', 'f:a']);
    expect(pathIn(set, object, '/spec/args/0')).toEqual(['f:spec', 'f:args']);
    expect(pathIn(set, object, '/spec/other')).toBeUndefined();
  });

  test('an element is taken out with all below it, and empty parents go with it', () => {
    const path = ['f:spec', 'f:template', 'f:spec', 'f:containers', 'k:{"name":"d"}', 'f:image'];
    expect(divide(whole, path)).toEqual({
      taken: inPod(image('d')),
      rest: inPod(image('c', { '.': {}, 'f:name': {} })),
    });
    expect(divide(inPod(image('d')), path).rest).toBeUndefined();
  });
});

describe('giving fields back', () => {
  const applier = { manager: 'kubectl', operation: 'Apply', apiVersion: 'apps/v1', fieldsType: 'FieldsV1' };
  const ours = { ...applier, manager: 'pullmend', operation: 'Update' };
  const status = {
    ...applier,
    manager: 'kube-controller-manager',
    operation: 'Update',
    subresource: 'status',
    fieldsV1: {},
  };
  const rest = inPod({ 'k:{"name":"c"}': { '.': {}, 'f:name': {} } });
  const former = [{ ...applier, fieldsV1: union(rest, inPod(image('c'))) }];
  const now = [
    { ...applier, fieldsV1: rest },
    status,
    { ...ours, fieldsV1: inPod({ ...image('c'), ...image('d') }) },
  ];

  async function released(managedFields: readonly JsonObject[], release: Release): Promise<unknown> {
    const containers = [{ name: 'c' }, { name: 'd' }];
    const object = {
      metadata: { uid: 'u', resourceVersion: '7', managedFields },
      spec: { template: { spec: { containers } } },
    };
    let sent: readonly PatchOperation[] = [];
    const api: Pick<ObjectApi, 'get' | 'patch'> = {
      get: () => Promise.resolve(object),
      patch: (_ref, operations) => {
        sent = operations;
        return Promise.resolve(object);
      },
    };
    await releaseFields(
      api as ObjectApi,
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      release,
    );
    if (sent.length === 0) return undefined;
    expect(sent.slice(0, 2).map(({ op, path }) => `${op} ${path}`)).toEqual([
      'test /metadata/uid',
      'test /metadata/resourceVersion',
    ]);
    return dig(sent[2], 'value');
  }

  test('of one field: the rest stays ours, and the former owner has its own again', async () => {
    const paths = ['/spec/template/spec/containers/0/image'];
    expect(await released(now, { paths, former })).toEqual([
      ...former,
      status,
      { ...ours, fieldsV1: inPod(image('d')) },
    ]);
  });

  test('of all fields: our entry is gone; those that nobody had before are nobody’s', async () => {
    expect(await released(now, { former })).toEqual([...former, status]);
    expect(await released(now, {})).toEqual([{ ...applier, fieldsV1: rest }, status]);
  });

  test('a former owner whose entry vanished gets one with just these fields', async () => {
    expect(await released(now.slice(1), { former })).toEqual([
      status,
      { ...applier, fieldsV1: inPod(image('c')) },
    ]);
  });

  test('a list that would be empty is written in the form that empties it; nothing of ours, nothing written', async () => {
    expect(await released([{ ...ours, fieldsV1: inPod(image('c')) }], {})).toEqual([{}]);
    expect(await released([status], { former })).toBeUndefined();
  });

  test('who owned what before: entries cut to the fields that change', () => {
    const path = '/spec/template/spec/containers/0/image';
    const spec = { template: { spec: { containers: [{ name: 'c', image: 'web:1' }] } } };
    const object = { metadata: { managedFields: [{ ...applier, fieldsV1: rest }, ...former, status] }, spec };
    expect(managersOf(object, [path])).toEqual([{ ...applier, fieldsV1: inPod(image('c')) }]);
    expect(managersOf({}, [path])).toEqual([]);
  });
});

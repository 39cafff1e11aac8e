import { afterEach, beforeEach, expect, test } from 'vitest';
import { openShop, type Shop } from '../../../test/support/repair-shop.ts';
import type { JsonObject, PatchStep } from '../../core/model/index.ts';
import { lookAt, makeRoom } from '../index.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.close();
});

const [old, next] = ['quay.io/acme/pg:1', 'm/acme/pg:1'];
const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: 'shop', name: 'main', uid: 'u-set' };
const config = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'injector', uid: 'u-cm' };

function step(more: Partial<PatchStep> = {}): PatchStep {
  const pods = [{ apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'main-0' }];
  return {
    id: 's1',
    kind: 'patch',
    object: config,
    needs: [],
    expect: [{ place: 'container', container: 'pg', imageBefore: old, imageAfter: next }],
    changes: [{ path: '/data/image', before: old, after: next }],
    followers: [{ object: set, containers: ['pg'], pods }],
    ...more,
  };
}

function setting(more: JsonObject = {}): void {
  shop.server.put({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: 'shop', name: 'injector', uid: 'u-cm', ...more },
    data: { image: next },
  });
}

function workload(image: string | undefined, spec: JsonObject = {}): void {
  const containers = [{ name: 'app', image: 'a:1' }, ...(image === undefined ? [] : [{ name: 'pg', image }])];
  shop.server.put({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { namespace: 'shop', name: 'main', uid: 'u-set' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'main' } },
      template: { spec: { containers } },
      ...spec,
    },
  });
}

type PodMore = { readonly runs?: boolean; readonly app?: boolean; readonly metadata?: JsonObject };

function pod(image: string, { runs = false, app = false, metadata = {} }: PodMore = {}): void {
  const state = runs ? { running: {} } : { waiting: { reason: 'ImagePullBackOff', message: 'no such host' } };
  shop.server.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace: 'shop',
      name: 'main-0',
      labels: { app: 'main' },
      ownerReferences: [{ kind: 'StatefulSet', name: 'main', uid: 'u-set', controller: true }],
      ...metadata,
    },
    spec: {
      containers: [
        { name: 'app', image: 'a:1' },
        { name: 'pg', image },
      ],
    },
    status: {
      containerStatuses: [
        { name: 'pg', imageID: runs ? 'm@sha256:1' : '', state },
        { name: 'app', imageID: app ? 'a@sha256:1' : '', state: app ? { running: {} } : {} },
      ],
    },
  });
}

const look = async (one = step()) => await lookAt(one, shop.tools);

test('the pods of what follows prove it', async () => {
  setting();
  workload(next);
  pod(next, { runs: true });
  expect(await look()).toEqual({ result: 'proved', final: 'now', proved: 1, expected: 1 });
});

test('a workload that keeps the old image does not follow, and its pods stay', async () => {
  setting();
  workload(old);
  pod(old);
  const seen = await look();
  expect(seen).toMatchObject({ result: 'failing', reason: 'not-followed', detail: 'StatefulSet/shop/main' });
  expect(seen).not.toHaveProperty('blockedBy');
});

test('a pod that still waits for the old image may go once the template has the new one', async () => {
  setting();
  workload(next);
  pod(old);
  const { blockedBy } = await look();
  expect(blockedBy).toMatchObject({ stale: [{ name: 'main-0' }] });
  if (blockedBy !== undefined) await makeRoom(blockedBy, shop.tools);
  expect(shop.writes()).toEqual(['DELETE pods/main-0']);
});

test('one that came to run meanwhile stays', async () => {
  setting();
  workload(next);
  pod(old);
  const { blockedBy } = await look();
  pod(old, { runs: true });
  if (blockedBy !== undefined) await makeRoom(blockedBy, shop.tools);
  expect(shop.server.get('Pod', 'shop', 'main-0')).toBeDefined();
});

test.each<[string, PodMore, Partial<PatchStep>, boolean]>([
  [
    'that was made before the change stays',
    { app: true, metadata: { creationTimestamp: '2026-01-01T23:59:59Z' } },
    {},
    false,
  ],
  [
    'to whose end somebody said yes goes',
    { app: true, metadata: { creationTimestamp: '2026-01-01T23:59:59Z' } },
    { loss: { what: 'running-containers', pods: 1, names: ['main-0 (app)'] } },
    true,
  ],
  [
    'that was made after the change goes',
    { app: true, metadata: { creationTimestamp: '2026-01-02T00:00:01Z' } },
    {},
    true,
  ],
])('a pod that admission gave the image, and %s', async (_, more, given, goes) => {
  setting({ managedFields: [{ manager: 'pullmend', time: '2026-01-02T00:00:01Z' }] });
  workload(undefined);
  pod(old, more);
  expect('blockedBy' in (await look(step(given)))).toBe(goes);
});

test('below its partition a pod would be made as it was', async () => {
  setting();
  workload(next, { updateStrategy: { rollingUpdate: { partition: 1 } } });
  pod(old);
  expect(await look()).not.toHaveProperty('blockedBy');
});

test('an operator must run with its new setting first', async () => {
  const containers = [{ name: 'manager', image: 'op:1', env: [{ name: 'IMAGE', value: next }] }];
  const operator = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'op' };
  const changed = step({
    object: operator,
    changes: [{ path: '/spec/template/spec/containers/0/env/0/value', before: old, after: next }],
  });
  const put = (status: JsonObject): void => {
    shop.server.put({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: 'shop', name: 'op' },
      spec: { replicas: 1, template: { spec: { containers } } },
      status,
    });
  };
  workload(undefined);
  pod(old);
  put({ updatedReplicas: 1, readyReplicas: 0 });
  expect(await look(changed)).toMatchObject({ reason: 'rolling-out', detail: 'Deployment/shop/op' });
  expect(await look(changed)).not.toHaveProperty('blockedBy');
  put({ updatedReplicas: 1, readyReplicas: 1 });
  expect(await look(changed)).toMatchObject({ blockedBy: { stale: [{ name: 'main-0' }] } });
});

test('pods that an operator makes without a workload are found by their owner', async () => {
  const cluster = {
    apiVersion: 'pg.example/v1',
    kind: 'PgCluster',
    namespace: 'shop',
    name: 'main',
    uid: 'u-cr',
  };
  const changed = step({ followers: [{ object: cluster, containers: ['pg'], waiting: 1, pods: [] }] });
  const metadata = { ownerReferences: [{ kind: 'PgCluster', name: 'main', uid: 'u-cr', controller: true }] };
  setting();
  pod(old, { metadata });
  expect(await look(changed)).toMatchObject({ result: 'failing', reason: 'not-followed' });
  pod(next, { metadata });
  expect(await look(changed)).toMatchObject({ result: 'failing', detail: 'no such host' });
  pod(next, { runs: true, metadata });
  expect(await look(changed)).toMatchObject({ result: 'proved', proved: 1 });
});

test('who writes the old value back is noticed though pods run', async () => {
  setting();
  workload(next);
  pod(next, { runs: true });
  shop.server.put({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: 'shop', name: 'injector', uid: 'u-cm' },
    data: { image: old },
  });
  expect(await look()).toMatchObject({ result: 'reverted', reason: 'overwritten' });
});

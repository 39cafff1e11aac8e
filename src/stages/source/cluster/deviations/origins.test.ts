import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startApiServer, writeKubeconfig, type ApiServer } from '../../../../../test/support/apiserver.ts';
import { connectKube, type Kube } from '../../../../adapters/kube/index.ts';
import { digText } from '../../../../core/knowledge/pods/index.ts';
import { objectName, type JsonObject } from '../../../../core/model/index.ts';
import { fromCluster } from '../from-cluster.ts';

const custom = (kind: string, plural: string) =>
  ({ kind, apiVersions: ['pg.example/v1'], plural, names: [], namespaced: true }) as const;

let folder: string;
let api: ApiServer;
let kube: Kube;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-origins-'));
  api = await startApiServer({
    kinds: [
      custom('PgCluster', 'pgclusters'),
      custom('PgBackup', 'pgbackupses'),
      { ...custom('Prometheus', 'prometheuses'), apiVersions: ['monitoring.coreos.com/v1'] },
    ],
  });
  kube = await connectKube({
    kubeconfig: await writeKubeconfig(folder, api, { namespace: 'shop' }),
    env: {},
  });
});

afterEach(async () => {
  await kube.close();
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

const image = 'quay.io/acme/pg:16';

function put(object: JsonObject, by?: JsonObject): JsonObject {
  const metadata = { namespace: 'shop', ...(object.metadata as JsonObject) };
  const owners = by === undefined ? {} : { ownerReferences: [ownedBy(by)] };
  const [stored = {}] = api.put({ ...object, metadata: { ...metadata, ...owners } });
  return stored;
}

function ownedBy(object: JsonObject): JsonObject {
  const [name, uid] = [digText(object, 'metadata', 'name'), digText(object, 'metadata', 'uid')];
  return { apiVersion: object.apiVersion, kind: object.kind, name, uid, controller: true };
}

function resource(kind: string, name: string, spec: JsonObject, by?: JsonObject): JsonObject {
  return put({ apiVersion: 'pg.example/v1', kind, metadata: { name }, spec }, by);
}

/** A StatefulSet that an operator made, with a pod that waits. */
function made(by: JsonObject): void {
  const containers = [{ name: 'pg', image }];
  const set = put(
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'main' },
      spec: { template: { spec: { containers } } },
    },
    by,
  );
  pod('main-0', set);
}

function pod(name: string, by: JsonObject): void {
  put(
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
      spec: { nodeName: 'n1', containers: [{ name: 'pg', image }] },
      status: {
        phase: 'Pending',
        containerStatuses: [{ name: 'pg', state: { waiting: { reason: 'ErrImagePull', message: 'x' } } }],
      },
    },
    by,
  );
}

const operator = (container: JsonObject, name = 'pg-operator', namespace = 'operators'): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace, name },
  spec: {
    template: { spec: { containers: [{ name: 'manager', image: 'quay.io/acme/op:1', ...container }] } },
  },
});

async function origins() {
  const { origins: all = [] } = await fromCluster(kube, { names: [] });
  return all.map(({ of, ref, usages, resource: plural, follower, managers }) => ({
    of: objectName(of),
    at: `${objectName(ref)} ${usages.map(({ path }) => path).join()}`,
    plural,
    follower: objectName(follower.ref),
    managers: managers.map(({ by }) => by),
  }));
}

test('a field of the custom resource', async () => {
  made(resource('PgCluster', 'main', { postgres: { image } }));
  expect(await origins()).toEqual([
    {
      of: 'StatefulSet/shop/main',
      at: 'PgCluster/shop/main /spec/postgres/image',
      plural: 'pgclusters.pg.example',
      follower: 'StatefulSet/shop/main',
      managers: [],
    },
  ]);
});

test('fields that make the name together, and one to which the operator knows the tag', async () => {
  made(resource('PgCluster', 'main', { image: { registry: 'quay.io', repository: 'acme/pg', tag: '16' } }));
  expect(await origins()).toMatchObject([{ at: 'PgCluster/shop/main /spec/image/registry' }]);
  resource('PgCluster', 'main', { pg: { imageRepository: 'quay.io/acme/pg' } });
  made(resource('PgCluster', 'main', { pg: { imageRepository: 'quay.io/acme/pg' } }));
  expect(await origins()).toMatchObject([{ at: 'PgCluster/shop/main /spec/pg/imageRepository' }]);
});

test('of resources that own one another the topmost that names it', async () => {
  const cluster = resource('PgCluster', 'main', { image });
  made(resource('PgBackup', 'daily', { image }, cluster));
  expect(await origins()).toMatchObject([{ at: 'PgCluster/shop/main /spec/image', managers: [] }]);
});

test('a resource that somebody made is kept by whoever made it', async () => {
  const cluster = resource('PgCluster', 'main', { size: 1 });
  made(resource('PgBackup', 'daily', { image }, cluster));
  expect(await origins()).toMatchObject([
    { at: 'PgBackup/shop/daily /spec/image', plural: 'pgbackupses.pg.example', managers: ['controller'] },
  ]);
});

test.each([
  [{ env: [{ name: 'PG_IMAGE', value: image }] }, 'env/0/value'],
  [{ args: ['--leader-elect', `--pg-image=${image}`] }, 'args/1'],
])('a setting of the operator %j', async (container, path) => {
  api.put(operator(container));
  made(resource('PgCluster', 'main', {}));
  expect(await origins()).toMatchObject([
    {
      at: `Deployment/operators/pg-operator /spec/template/spec/containers/0/${path}`,
      plural: undefined,
    },
  ]);
});

test('pods without a workload follow the custom resource', async () => {
  pod('main-1', resource('PgCluster', 'main', { image }));
  expect(await origins()).toMatchObject([{ of: 'Pod/shop/main-1', follower: 'PgCluster/shop/main' }]);
});

test('nothing where several objects name it: nobody knows which counts', async () => {
  const env = [{ name: 'PG_IMAGE', value: image }];
  api.put(operator({ env }), operator({ env }, 'other'));
  made(resource('PgCluster', 'main', {}));
  expect(await origins()).toEqual([]);
});

test('nothing where only what the operator writes itself names it', async () => {
  const main = resource('PgCluster', 'main', {});
  put(
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'main' },
      data: { 'c.yaml': `image: ${image}` },
    },
    main,
  );
  made(main);
  expect(await origins()).toEqual([]);
});

test('a field or a flag that a known operator has, though nobody has set it', async () => {
  const prometheus = put({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Prometheus',
    metadata: { name: 'k8s' },
    spec: { replicas: 1 },
  });
  api.put(operator({ args: ['--kubelet-service=x'] }, 'prometheus-operator', 'monitoring'));
  const containers = [
    { name: 'prometheus', image: 'quay.io/prometheus/prometheus:v3.5.0' },
    { name: 'config-reloader', image: 'quay.io/prometheus-operator/prometheus-config-reloader:v0.85.0' },
  ];
  const waiting = { waiting: { reason: 'ErrImagePull', message: 'x' } };
  const set = put(
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'prometheus-k8s' },
      spec: { template: { spec: { containers } } },
    },
    prometheus,
  );
  const statuses = containers.map(({ name }) => ({ name, state: waiting }));
  put(
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'prometheus-k8s-0' },
      spec: { nodeName: 'n1', containers },
      status: { phase: 'Pending', containerStatuses: statuses },
    },
    set,
  );
  const { origins: found = [] } = await fromCluster(kube, { names: [] });
  expect(found.map(({ container, ref, adds }) => [container, objectName(ref), adds])).toEqual([
    ['prometheus', 'Prometheus/shop/k8s', [{ path: '/spec/image', lead: '' }]],
    [
      'config-reloader',
      'Deployment/monitoring/prometheus-operator',
      [{ path: '/spec/template/spec/containers/0/args/1', lead: '--prometheus-config-reloader=' }],
    ],
  ]);
});

test('nothing of a workload that nobody owns', async () => {
  api.put(operator({ env: [{ name: 'PG_IMAGE', value: image }] }));
  const set = put({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'main' },
    spec: { template: { spec: { containers: [{ name: 'pg', image }] } } },
  });
  pod('main-0', set);
  expect(await origins()).toEqual([]);
});

test('a policy that adds the container', async () => {
  const expression = `[JSONPatch{op: "add", value: Object.spec.containers{name: "pg", image: "${image}"}}]`;
  api.put({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingAdmissionPolicy',
    metadata: { name: 'mesh' },
    spec: { mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression } }] },
  });
  const web = put({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { template: { spec: { containers: [{ name: 'web', image: 'quay.io/acme/web:1' }] } } },
  });
  const set = put(
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'web-1' },
      spec: { template: { spec: { containers: [{ name: 'web', image: 'quay.io/acme/web:1' }] } } },
    },
    web,
  );
  pod('web-1-a', set);
  expect(await origins()).toMatchObject([
    {
      of: 'Pod/shop/web-1-a',
      at: 'MutatingAdmissionPolicy/mesh /spec/mutations/0/jsonPatch/expression',
      follower: 'Deployment/shop/web',
    },
  ]);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startApiServer, writeKubeconfig, type ApiServer } from '../../../../../test/support/apiserver.ts';
import { connectKube, type Kube } from '../../../../adapters/kube/index.ts';
import { digText } from '../../../../core/knowledge/pods/index.ts';
import { objectName, type ImageListing, type JsonObject } from '../../../../core/model/index.ts';
import { imagesOfCluster, imagesOfNode } from './index.ts';

let folder: string;
let api: ApiServer;
let kube: Kube;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-listing-'));
  api = await startApiServer();
  kube = await connectKube({ kubeconfig: await writeKubeconfig(folder, api), env: {} });
});

afterEach(async () => {
  await kube.close();
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

type Metadata = { readonly labels?: JsonObject; readonly namespace?: string };

function put(
  apiVersion: string,
  kind: string,
  name: string,
  content: JsonObject,
  by?: JsonObject,
  metadata: Metadata = {},
): JsonObject {
  const owner = by && {
    apiVersion: by.apiVersion,
    kind: by.kind,
    name: digText(by, 'metadata', 'name'),
    uid: digText(by, 'metadata', 'uid'),
    controller: true,
  };
  const owners = owner === undefined ? {} : { ownerReferences: [owner] };
  const [stored = {}] = api.put({
    apiVersion,
    kind,
    metadata: { namespace: 'shop', name, ...owners, ...metadata },
    ...content,
  });
  return stored;
}

function podSpec(...images: readonly string[]): JsonObject {
  return { containers: images.map((image, index) => ({ name: `c${index}`, image })) };
}

function template(...images: readonly string[]): JsonObject {
  return { spec: { template: { spec: podSpec(...images) } } };
}

function seen({ groups }: ImageListing): readonly string[] {
  return groups.flatMap(({ usages }) =>
    usages.map(({ object, place, image, path }) => [objectName(object), place, image, path].join(' ')),
  );
}

/** A Deployment with two revisions and two pods, into which a webhook put a sidecar. */
function web(): JsonObject {
  const labels = { app: 'web' };
  const deployment = put('apps/v1', 'Deployment', 'web', template('nginx:2'), undefined, { labels });
  put('apps/v1', 'ReplicaSet', 'web-1', template('nginx:1'), deployment, { labels });
  const set = put('apps/v1', 'ReplicaSet', 'web-2', template('nginx:2'), deployment, { labels });
  for (const name of ['web-2-a', 'web-2-b']) {
    const spec = { ...podSpec('nginx:2', 'istio/proxyv2:1.24'), nodeName: 'node1' };
    put('v1', 'Pod', name, { spec, status: { phase: 'Running' } }, set, { labels });
  }
  return deployment;
}

test('a cluster: templates once, what pods have beyond them once, ConfigMaps; in order', async () => {
  web();
  put('v1', 'Pod', 'debug', { spec: podSpec('busybox:1.36'), status: { phase: 'Running' } });
  put('v1', 'Pod', 'over', { spec: podSpec('acme/over:1'), status: { phase: 'Succeeded' } });
  put('v1', 'ConfigMap', 'settings', { data: { 'helper.yaml': 'image: acme/helper:1\nport: db:5432\n' } });
  put('v1', 'ConfigMap', 'pullmend-r-1', { data: { record: 'image: acme/was:1\n' } }, undefined, {
    labels: { 'pullmend.dev/run': 'r-1' },
  });
  put('apps/v1', 'Deployment', 'elsewhere', template('acme/elsewhere:1'), undefined, { namespace: 'other' });
  const listing = await imagesOfCluster(kube, { namespace: 'shop' });
  expect(seen(listing)).toEqual([
    'ConfigMap/shop/settings configMapYaml acme/helper:1 /data/helper.yaml',
    'Pod/shop/debug container busybox:1.36 /spec/containers/0/image',
    'Pod/shop/web-2-a container istio/proxyv2:1.24 /spec/containers/1/image',
    'Deployment/shop/web container nginx:2 /spec/template/spec/containers/0/image',
  ]);
  expect(listing.notes).toEqual([]);
  expect(seen(await imagesOfCluster(kube, {}))).toContain(
    'Deployment/other/elsewhere container acme/elsewhere:1 /spec/template/spec/containers/0/image',
  );
});

test('-l takes objects and pods with these labels, and the owners of those pods', async () => {
  const set = put('apps/v1', 'StatefulSet', 'db', template('postgres:16'));
  put('v1', 'Pod', 'db-0', { spec: podSpec('postgres:16'), status: { phase: 'Running' } }, set, {
    labels: { app: 'web' },
  });
  put('v1', 'Pod', 'other', { spec: podSpec('acme/other:1'), status: { phase: 'Running' } });
  web();
  expect(seen(await imagesOfCluster(kube, { namespace: 'shop', selector: 'app=web' }))).toEqual([
    'Pod/shop/web-2-a container istio/proxyv2:1.24 /spec/containers/1/image',
    'Deployment/shop/web container nginx:2 /spec/template/spec/containers/0/image',
    'StatefulSet/shop/db container postgres:16 /spec/template/spec/containers/0/image',
  ]);
});

function definition(kind: string, plural: string, schema: JsonObject): void {
  api.put({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.acme.io` },
    spec: {
      group: 'acme.io',
      scope: 'Namespaced',
      names: { kind, plural },
      versions: [
        { name: 'v1', served: true, storage: true, schema },
        { name: 'v1alpha1', served: false },
      ],
    },
  });
}

test('custom resources whose schema speaks of images; what may not be read is said', async () => {
  definition('Cache', 'caches', { openAPIV3Schema: { properties: { image: { type: 'string' } } } });
  definition('Colour', 'colours', { openAPIV3Schema: { properties: { red: { type: 'integer' } } } });
  definition('ScanReport', 'scanreports', { openAPIV3Schema: { properties: { image: {} } } });
  definition('Locked', 'lockeds', { openAPIV3Schema: { 'x-kubernetes-preserve-unknown-fields': true } });
  const asked: string[] = [];
  const refused =
    'lockeds.acme.io is forbidden: User "tester" cannot list resource "lockeds" in API group "acme.io" in the namespace "shop"';
  api.intercept(({ path }) => {
    if (!path.startsWith('/apis/acme.io/')) return undefined;
    asked.push(path);
    if (path.endsWith('/lockeds')) return { status: 403, body: { message: refused } };
    const item = { metadata: { namespace: 'shop', name: 'main' }, spec: { image: 'quay.io/acme/cache:7' } };
    return { status: 200, body: { kind: 'CacheList', items: [item] } };
  });
  api.deny({ verb: 'list', resource: 'configmaps' });
  const listing = await imagesOfCluster(kube, { namespace: 'shop' });
  expect(seen(listing)).toEqual(['Cache/shop/main crField quay.io/acme/cache:7 /spec/image']);
  expect(asked.toSorted()).toEqual([
    '/apis/acme.io/v1/namespaces/shop/caches',
    '/apis/acme.io/v1/namespaces/shop/lockeds',
  ]);
  expect(listing.notes).toEqual([
    { kind: 'not-read', resource: 'configmaps' },
    { kind: 'not-read', resource: 'lockeds.acme.io' },
  ]);
});

test('a node: what its pods use, and what its runtime has under its tags', async () => {
  web();
  const digest = `sha256:${'a'.repeat(64)}`;
  const images = [
    { names: [`docker.io/library/nginx@${digest}`, 'docker.io/library/nginx:2'], sizeBytes: 7 },
    { names: [`quay.io/acme/old@${digest}`], sizeBytes: 8 },
    { names: ['<none>@<none>'] },
  ];
  api.put({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node1' }, status: { images } });
  const listing = await imagesOfNode(kube, 'node1');
  expect(seen(listing)).toEqual([
    'Deployment/shop/web container nginx:2 /spec/template/spec/containers/0/image',
    'Pod/shop/web-2-a container istio/proxyv2:1.24 /spec/containers/1/image',
    'Node/node1 runtime docker.io/library/nginx:2 /status/images/0/names/1',
    `Node/node1 runtime quay.io/acme/old@${digest} /status/images/1/names/0`,
  ]);
  expect(listing.notes).toEqual([]);
  const many = Array.from({ length: 50 }, (_, index) => ({ names: [`acme/app:${index}`] }));
  api.put({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node2' }, status: { images: many } });
  expect((await imagesOfNode(kube, 'node2')).notes).toEqual([{ kind: 'node-images-cut', count: 50 }]);
  await expect(imagesOfNode(kube, 'nowhere')).rejects.toMatchObject({ code: 'PM_NOT_FOUND' });
});

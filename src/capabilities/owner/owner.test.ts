import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApiServer, writeKubeconfig, type ApiServer } from '../../../test/support/apiserver.ts';
import type { World } from '../../access/index.ts';
import { connectKube, type Kube } from '../../adapters/kube/index.ts';
import type { KindInfo } from '../../core/knowledge/pods/index.ts';
import type { JsonObject, OwnershipReport } from '../../core/model/index.ts';
import { ownerOf } from './index.ts';

let folder: string;
let api: ApiServer;
let kube: Kube;

const image = 'quay.io/prometheus/prometheus:v3.1.0';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-owner-'));
  api = await startApiServer({
    kinds: [
      custom('Prometheus', 'monitoring.coreos.com/v1', 'prometheuses'),
      custom('Shop', 'lab.example/v1', 'shops'),
      custom('Application', 'argoproj.io/v1alpha1', 'applications'),
      custom('Kustomization', 'kustomize.toolkit.fluxcd.io/v1', 'kustomizations'),
    ],
  });
  kube = await connectKube({
    kubeconfig: await writeKubeconfig(folder, api, { namespace: 'shop' }),
    env: {},
  });
  put('v1', 'Namespace', 'shop');
});

afterEach(async () => {
  await kube.close();
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

function custom(kind: string, apiVersion: string, plural: string): KindInfo {
  return { kind, apiVersions: [apiVersion], plural, names: [kind.toLowerCase()], namespaced: true };
}

function put(apiVersion: string, kind: string, name: string, more: JsonObject = {}): JsonObject {
  const { metadata, ...rest } = more;
  const place = kind === 'Namespace' ? {} : { namespace: 'shop' };
  const [stored = {}] = api.put({
    apiVersion,
    kind,
    metadata: { ...place, name, ...(metadata as JsonObject) },
    ...rest,
  });
  return stored;
}

function workload(kind: string, name: string, more: JsonObject = {}, by?: JsonObject): JsonObject {
  const { metadata, spec, ...rest } = more;
  return put('apps/v1', kind, name, {
    metadata: { ...(by && { ownerReferences: [ownedBy(by)] }), ...(metadata as JsonObject) },
    spec: { template: { spec: { containers: [{ name: 'prometheus', image }] } }, ...(spec as JsonObject) },
    ...rest,
  });
}

function ownedBy({ apiVersion, kind, metadata }: JsonObject): JsonObject {
  const { name, uid } = metadata as JsonObject;
  return { apiVersion, kind, name, uid, controller: true };
}

/** The image of the container, as `fieldsV1` tells who wrote it. */
function writtenBy(manager: string): JsonObject {
  const fieldsV1 = {
    'f:spec': {
      'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"prometheus"}': { 'f:image': {} } } } },
    },
  };
  return { managedFields: [{ manager, operation: 'Update', time: '2026-01-01T00:00:00Z', fieldsV1 }] };
}

async function ownerOfName(name: string): Promise<OwnershipReport> {
  const records = { list: async () => [] };
  const outside = { kube: async () => kube, recordsIn: async () => records };
  return await ownerOf(name, {}, { outside, options: { env: {}, home: folder } } as unknown as World);
}

function links({ chain }: OwnershipReport): readonly string[] {
  return chain.map(({ ref, state }) => `${ref.kind}/${ref.name} ${state}`);
}

test('a Deployment of nobody is edited where it is, and the edit stays', async () => {
  const web = workload('Deployment', 'web');
  const set = workload('ReplicaSet', 'web-1', {}, web);
  put('v1', 'Pod', 'web-1-a', {
    metadata: { ownerReferences: [ownedBy(set)] },
    spec: { containers: [{ name: 'prometheus', image }] },
  });
  const report = await ownerOfName('po/web-1-a');
  expect(links(report)).toEqual(['Pod/web-1-a there', 'ReplicaSet/web-1 there', 'Deployment/web there']);
  expect(report).toMatchObject({ verdict: 'kept', subject: { kind: 'Deployment' }, deliveries: [] });
  expect(report.until).toBeUndefined();
  expect(report.places).toMatchObject([
    { container: 'prometheus', object: { name: 'web' }, path: '/spec/template/spec/containers/0/image' },
  ]);
});

describe('what Helm brings', () => {
  const marks = {
    labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    annotations: { 'meta.helm.sh/release-name': 'mon', 'meta.helm.sh/release-namespace': 'shop' },
  };

  test('stays until the next release, and is changed through it', async () => {
    put('v1', 'Secret', 'sh.helm.release.v1.mon.v1', {
      metadata: { labels: { owner: 'helm', name: 'mon' } },
    });
    workload('Deployment', 'web', { metadata: marks });
    const report = await ownerOfName('deploy/web');
    expect(report).toMatchObject({ verdict: 'kept', until: { by: 'helm', name: 'mon' } });
    expect(report.places).toMatchObject([{ through: { by: 'helm', name: 'mon' } }]);
  });

  test('stays where the release is gone', async () => {
    workload('Deployment', 'web', { metadata: marks });
    const report = await ownerOfName('deploy/web');
    expect(report).toMatchObject({ verdict: 'kept', deliveries: [{ does: 'gone' }] });
    expect(report.until).toBeUndefined();
    expect(report.places[0]?.through).toBeUndefined();
  });
});

describe('what Argo CD or Flux brings', () => {
  const tracked = { annotations: { 'argocd.argoproj.io/tracking-id': 'site:apps/Deployment:shop/web' } };
  const applied = {
    labels: {
      'kustomize.toolkit.fluxcd.io/name': 'site',
      'kustomize.toolkit.fluxcd.io/namespace': 'shop',
    },
  };

  test.each<readonly [string, JsonObject, string]>([
    ['with self-heal', { automated: { selfHeal: true } }, 'reverted'],
    ['that syncs only on commits', { automated: {} }, 'kept'],
    ['with automation turned off', { automated: { enabled: false, selfHeal: true } }, 'kept'],
    ['by hand', {}, 'kept'],
  ])('an Application %s', async (_, syncPolicy, verdict) => {
    put('argoproj.io/v1alpha1', 'Application', 'site', {
      spec: { syncPolicy, source: { repoURL: 'https://git.example/site', path: 'deploy' } },
    });
    workload('Deployment', 'web', { metadata: tracked });
    const report = await ownerOfName('deploy/web');
    expect(report.verdict).toBe(verdict);
    expect(report.deliveries).toMatchObject([
      { manager: { by: 'argocd', name: 'site' }, source: 'https://git.example/site deploy' },
    ]);
  });

  test.each<readonly [string, JsonObject, string]>([
    ['that runs', {}, 'reverted'],
    ['that is suspended', { suspend: true }, 'kept'],
  ])('a Kustomization %s', async (_, spec, verdict) => {
    put('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'site', { spec });
    workload('Deployment', 'web', { metadata: applied });
    expect((await ownerOfName('deploy/web')).verdict).toBe(verdict);
  });

  test.each<readonly [string, JsonObject, JsonObject]>([
    [
      'that is told to skip it',
      { metadata: { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } } },
      {},
    ],
    [
      'that ignores its images',
      {},
      {
        ignoreDifferences: [
          { group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/template/spec/containers'] },
        ],
      },
    ],
  ])('an Application with self-heal %s keeps an edit, as `fix` says', async (_, more, spec) => {
    put('argoproj.io/v1alpha1', 'Application', 'site', {
      ...more,
      spec: { syncPolicy: { automated: { selfHeal: true } }, ...spec },
    });
    workload('Deployment', 'web', { metadata: tracked });
    expect((await ownerOfName('deploy/web')).verdict).toBe('kept');
  });

  test('an Application that may not be read: nobody can say, and the right is named', async () => {
    put('argoproj.io/v1alpha1', 'Application', 'site', {});
    workload('Deployment', 'web', { metadata: tracked });
    api.deny({ verb: 'list', resource: 'applications' });
    const report = await ownerOfName('deploy/web');
    expect(report.verdict).toBe('unknown');
    expect(report.deliveries).toMatchObject([{ does: 'unreadable', right: 'list applications.argoproj.io' }]);
  });
});

describe('what a custom resource owns', () => {
  function operator(name: string, replicas: number, ready: number): void {
    put('apps/v1', 'Deployment', name, {
      spec: {
        replicas,
        template: { spec: { containers: [{ name: 'run', image: 'quay.io/acme/run:1', args: ['--x=1'] }] } },
      },
      status: { readyReplicas: ready },
    });
  }

  test('a known operator that runs puts edits back; its field and its flag are where a person edits', async () => {
    operator('prometheus-operator', 1, 1);
    const main = put('monitoring.coreos.com/v1', 'Prometheus', 'main', { spec: {} });
    workload('StatefulSet', 'prometheus-main', {}, main);
    const report = await ownerOfName('sts/prometheus-main');
    expect(links(report)).toEqual(['StatefulSet/prometheus-main there', 'Prometheus/main there']);
    expect(report).toMatchObject({
      verdict: 'reverted',
      operators: [{ by: 'known', operator: 'prometheus-operator', wanted: 1, ready: 1 }],
    });
    expect(report.places).toMatchObject([
      { object: { kind: 'Prometheus', name: 'main' }, path: '/spec/image', isUnset: true },
      {
        object: { name: 'prometheus-operator' },
        setting: '--prometheus-default-base-image',
        part: 'repository',
      },
    ]);
  });

  test('an operator beside it goes before one of the same name elsewhere', async () => {
    operator('prometheus-operator', 0, 0);
    put('apps/v1', 'Deployment', 'prometheus-operator', {
      metadata: { namespace: 'other' },
      spec: { replicas: 1 },
      status: { readyReplicas: 1 },
    });
    const main = put('monitoring.coreos.com/v1', 'Prometheus', 'main', { spec: { image } });
    workload('StatefulSet', 'prometheus-main', {}, main);
    expect(await ownerOfName('sts/prometheus-main')).toMatchObject({
      verdict: 'kept',
      operators: [{ object: { namespace: 'shop' }, wanted: 0 }],
    });
  });

  test('a known operator that is scaled to 0 leaves edits alone', async () => {
    operator('prometheus-operator', 0, 0);
    const main = put('monitoring.coreos.com/v1', 'Prometheus', 'main', { spec: { image } });
    workload('StatefulSet', 'prometheus-main', {}, main);
    const report = await ownerOfName('sts/prometheus-main');
    expect(report.verdict).toBe('kept');
    expect(report.places[0]).toMatchObject({ object: { kind: 'Prometheus' }, path: '/spec/image' });
    expect(report.places[0]?.isUnset).toBeUndefined();
  });

  test('an unknown one is found by the field manager that wrote the image, its field by the image', async () => {
    operator('shopkeeper', 1, 1);
    const main = put('lab.example/v1', 'Shop', 'main', { spec: { web: { image } } });
    workload('Deployment', 'web', { metadata: writtenBy('shopkeeper') }, main);
    const report = await ownerOfName('deploy/web');
    expect(report).toMatchObject({
      verdict: 'reverted',
      operators: [{ object: { name: 'shopkeeper' }, by: 'field-manager' }],
      writers: [{ manager: 'shopkeeper', at: '2026-01-01T00:00:00Z' }],
    });
    expect(report.places).toMatchObject([{ object: { kind: 'Shop' }, path: '/spec/web/image', by: 'image' }]);
  });

  test('an owner without a program that anybody knows: nobody can say', async () => {
    const main = put('lab.example/v1', 'Shop', 'main', { spec: {} });
    workload('Deployment', 'web', {}, main);
    expect(await ownerOfName('deploy/web')).toMatchObject({ verdict: 'unknown', operators: [] });
  });

  test('an owner that is gone puts nothing back', async () => {
    workload('Deployment', 'web', {
      metadata: {
        ownerReferences: [
          { apiVersion: 'lab.example/v1', kind: 'Shop', name: 'old', uid: 'gone', controller: true },
        ],
      },
    });
    const report = await ownerOfName('deploy/web');
    expect(links(report)).toEqual(['Deployment/web there', 'Shop/old gone']);
    expect(report.verdict).toBe('kept');
  });

  test('an owner that may not be read: the right is named', async () => {
    const main = put('lab.example/v1', 'Shop', 'main', { spec: {} });
    workload('Deployment', 'web', {}, main);
    api.deny({ verb: 'get', resource: 'shops' });
    const report = await ownerOfName('deploy/web');
    expect(report.verdict).toBe('unknown');
    expect(report.chain.at(-1)).toMatchObject({
      state: 'unreadable',
      right: 'get shops.lab.example in shop',
    });
  });

  test('the custom resource itself can be asked about', async () => {
    put('lab.example/v1', 'Shop', 'main', { spec: {} });
    expect(await ownerOfName('shop/main')).toMatchObject({ verdict: 'kept', subject: { kind: 'Shop' } });
  });
});

test('a static pod is edited in a file of its node', async () => {
  put('v1', 'Pod', 'etcd-node1', {
    metadata: { annotations: { 'kubernetes.io/config.mirror': 'x' } },
    spec: { nodeName: 'node1', containers: [{ name: 'etcd', image }] },
  });
  const report = await ownerOfName('pod/etcd-node1');
  expect(links(report)).toEqual(['Pod/etcd-node1 there', 'Node/node1 there']);
  expect(report).toMatchObject({
    verdict: 'reverted',
    places: [{ by: 'mirror-pod', object: { kind: 'Node', name: 'node1' } }],
  });
});

test('a kind that the cluster does not have, and an object that is not there', async () => {
  await expect(ownerOfName('nonsense/x')).rejects.toMatchObject({ code: 'PM_UNKNOWN_KIND' });
  await expect(ownerOfName('deploy')).rejects.toMatchObject({ code: 'PM_UNKNOWN_KIND' });
  await expect(ownerOfName('deploy/x')).rejects.toMatchObject({ code: 'PM_NOT_FOUND' });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApiServer, writeKubeconfig, type ApiServer } from '../../../../../test/support/apiserver.ts';
import { connectKube, type Kube } from '../../../../adapters/kube/index.ts';
import { digText } from '../../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../../core/model/index.ts';
import { fromCluster } from '../from-cluster.ts';

let folder: string;
let api: ApiServer;
let kube: Kube;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-deviations-'));
  api = await startApiServer();
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

const old = 'quay.io/acme/app:bad';
const good = 'quay.io/acme/app:1';

type More = { readonly metadata?: JsonObject; readonly status?: JsonObject; readonly spec?: JsonObject };

function put(kind: string, name: string, image: string, by?: JsonObject, more: More = {}): JsonObject {
  const template = { spec: { containers: [{ name: 'app', image }] } };
  const spec = kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template };
  const [stored = {}] = api.put({
    apiVersion: kind.endsWith('Job') ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { namespace: 'shop', name, ...(by && { ownerReferences: [owner(by)] }), ...more.metadata },
    spec: { ...spec, ...more.spec },
    ...(more.status && { status: more.status }),
  });
  return stored;
}

function owner(object: JsonObject): JsonObject {
  const name = digText(object, 'metadata', 'name');
  const uid = digText(object, 'metadata', 'uid');
  return { apiVersion: object.apiVersion, kind: object.kind, name, uid, controller: true };
}

/** A pod whose container does not get its image. */
function putPod(
  name: string,
  by: JsonObject | undefined,
  metadata: JsonObject = {},
  [container = 'app', image = old]: readonly string[] = [],
): void {
  const app = { name: 'app', image: good };
  api.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name, ...(by && { ownerReferences: [owner(by)] }), ...metadata },
    spec: {
      nodeName: 'n1',
      containers: container === 'app' ? [{ name: 'app', image }] : [app, { name: container, image }],
    },
    status: {
      phase: 'Pending',
      containerStatuses: [
        { name: container, state: { waiting: { reason: 'ErrImagePull', message: 'not found' } } },
      ],
    },
  });
}

async function read() {
  const { deviations = [], usages, workloads } = await fromCluster(kube, { names: [] });
  return {
    deviations,
    usages: usages.map(({ object }) => object.kind),
    corrections: workloads.flatMap(({ ref, corrections, jobs }) =>
      [{ ref, corrections }, ...jobs].flatMap((one) =>
        one.corrections ? [`${one.ref.kind}/${one.ref.name}`] : [],
      ),
    ),
  };
}

const revision = (hash: string) => ({ labels: { 'controller-revision-hash': hash } });

describe('corrected', () => {
  test('a StatefulSet whose pod is of an older revision', async () => {
    const db = put('StatefulSet', 'db', good, undefined, { status: { updateRevision: 'db-2' } });
    putPod('db-2', db, revision('db-1'));
    const { deviations, usages, corrections } = await read();
    expect(deviations).toMatchObject([{ kind: 'corrected', template: good, left: [{ name: 'db-2' }] }]);
    expect([usages, corrections]).toEqual([[], ['StatefulSet/db']]);
  });

  test('a DaemonSet with OnDelete, by the generation of its template', async () => {
    const metadata = { annotations: { 'deprecated.daemonset.template.generation': '3' } };
    const agent = put('DaemonSet', 'agent', good, undefined, { metadata });
    putPod('agent-x', agent, { labels: { 'pod-template-generation': '2' } });
    expect((await read()).corrections).toEqual(['DaemonSet/agent']);
  });

  test('the Job of a CronJob', async () => {
    const cron = put('CronJob', 'clean', good);
    putPod('clean-1-x', put('Job', 'clean-1', old, cron));
    const { deviations, usages, corrections } = await read();
    expect(deviations).toMatchObject([{ kind: 'corrected', left: [{ kind: 'Job', name: 'clean-1' }] }]);
    expect([usages, corrections]).toEqual([[], ['Job/clean-1']]);
  });

  test('the ReplicaSet of a rollout before', async () => {
    const web = put('Deployment', 'web', good);
    putPod('web-1-x', put('ReplicaSet', 'web-1', old, web));
    expect((await read()).deviations).toMatchObject([{ kind: 'corrected', owner: { kind: 'Deployment' } }]);
  });

  test('a container that the template no longer has', async () => {
    const db = put('StatefulSet', 'db', good, undefined, { status: { updateRevision: 'db-2' } });
    putPod('db-2', db, revision('db-1'), ['sidecar', old]);
    const [deviation] = (await read()).deviations;
    expect(deviation).toMatchObject({ kind: 'corrected', container: 'sidecar' });
    expect(deviation).not.toHaveProperty('template');
  });

  test('a template that a person changed after the pod of a ReplicaSet was made', async () => {
    const managedFields = [
      { manager: 'kubectl', time: '2026-01-02T00:00:00Z', fieldsV1: { 'f:spec': { 'f:template': {} } } },
    ];
    const rs = put('ReplicaSet', 'old', good, undefined, { metadata: { managedFields } });
    putPod('old-x', rs, { creationTimestamp: '2026-01-01T00:00:00Z' });
    expect((await read()).corrections).toEqual(['ReplicaSet/old']);
  });
});

describe('admission', () => {
  const webhook = (name: string, more: JsonObject = {}): JsonObject => ({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name },
    webhooks: [
      {
        name: 'w.example.com',
        clientConfig: { service: { namespace: 'mesh', name: 'injector' } },
        rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
        ...more,
      },
    ],
  });

  beforeEach(() => {
    api.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { mesh: 'on' } } });
  });

  test('Istio, by the status that it leaves, and the annotation that takes another image', async () => {
    const web = put('Deployment', 'web', good);
    const status = '{"initContainers":["istio-init"],"containers":["istio-proxy"]}';
    api.put(
      webhook('istio-sidecar-injector'),
      webhook('other', { namespaceSelector: { matchLabels: { mesh: 'off' } } }),
    );
    putPod(
      'web-1-x',
      put('ReplicaSet', 'web-1', good, web),
      { annotations: { 'sidecar.istio.io/status': status } },
      ['istio-proxy', 'docker.io/istio/proxyv2:1.22.0'],
    );
    expect((await read()).deviations).toMatchObject([
      {
        kind: 'added',
        injector: 'Istio',
        by: [{ object: { name: 'istio-sidecar-injector' }, certainty: 'named' }],
        owner: { kind: 'Deployment', name: 'web' },
      },
    ]);
  });

  test('of an unknown program: the webhooks that are asked about such pods, and the setting behind them', async () => {
    const web = put('Deployment', 'web', good);
    api.put(
      webhook('acme-injector'),
      webhook('elsewhere', {
        namespaceSelector: { matchExpressions: [{ key: 'mesh', operator: 'DoesNotExist' }] },
      }),
      webhook('labelled', { objectSelector: { matchLabels: { app: 'no' } } }),
      webhook('of-services', { rules: [{ operations: ['*'], apiGroups: [''], resources: ['services'] }] }),
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { namespace: 'mesh', name: 'injector' },
        spec: {
          template: {
            spec: {
              containers: [{ name: 'main', image: good, env: [{ name: 'SIDECAR_IMAGE', value: old }] }],
            },
          },
        },
      },
    );
    putPod('web-1-x', put('ReplicaSet', 'web-1', good, web), {}, ['helper', old]);
    expect((await read()).deviations).toMatchObject([
      {
        kind: 'added',
        by: [{ object: { name: 'acme-injector' }, certainty: 'possible' }],
        sources: [
          { object: { namespace: 'mesh', name: 'injector' }, name: 'SIDECAR_IMAGE', container: 'main' },
        ],
      },
    ]);
  });

  test('a webhook that rewrites names: the template is of this revision and names the original', async () => {
    const db = put('StatefulSet', 'db', 'nginx:1.25', undefined, { status: { updateRevision: 'db-1' } });
    api.put(webhook('image-rewriter'), {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { namespace: 'mesh', name: 'rewriter' },
      data: { 'rules.yaml': 'docker.io: mirror.corp/dockerhub' },
    });
    putPod('db-0', db, revision('db-1'), ['app', 'mirror.corp/dockerhub/library/nginx:1.25']);
    const { deviations, usages } = await read();
    expect(deviations).toMatchObject([
      {
        kind: 'rewritten',
        template: 'nginx:1.25',
        by: [{ object: { name: 'image-rewriter' } }],
        sources: [{ object: { kind: 'ConfigMap', name: 'rewriter' }, name: 'rules.yaml' }],
      },
    ]);
    expect(usages).toEqual(['Pod']);
  });

  test('the same name in full is the name of the template', async () => {
    const web = put('Deployment', 'web', 'nginx:1.25');
    const rs = put('ReplicaSet', 'web-1', 'nginx:1.25', web);
    putPod('web-1-x', rs, {}, ['app', 'docker.io/library/nginx:1.25']);
    const { deviations, usages } = await read();
    expect([deviations, usages]).toEqual([[], ['Deployment']]);
  });

  test('without the right to read configurations the marks on the pod are what is told', async () => {
    api.deny({ resource: 'mutatingwebhookconfigurations' }, { resource: 'namespaces' });
    const web = put('Deployment', 'web', good);
    const rs = put('ReplicaSet', 'web-1', good, web);
    putPod('web-1-x', rs, { labels: { 'linkerd.io/control-plane-ns': 'linkerd' } }, ['linkerd-proxy', old]);
    expect((await read()).deviations).toMatchObject([{ kind: 'added', injector: 'Linkerd', by: [] }]);
  });
});

describe('made by an operator', () => {
  const custom = { apiVersion: 'pg.example/v1', kind: 'PgCluster', metadata: { name: 'main', uid: 'c1' } };
  const operator = (container: JsonObject): JsonObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'operators', name: 'pg-operator' },
    spec: { template: { spec: { containers: [{ name: 'manager', image: good, ...container }] } } },
  });

  test.each([
    ['a variable', { env: [{ name: 'BOOTSTRAP_IMAGE', value: old }] }, 'BOOTSTRAP_IMAGE'],
    ['a flag', { args: ['--leader-elect', `--bootstrap-image=${old}`] }, '--bootstrap-image'],
  ])('%s of its Deployment in another namespace', async (_, container, name) => {
    api.put(operator(container));
    putPod('main-1-x', put('Job', 'main-1', old, custom));
    const { deviations } = await read();
    expect(deviations).toMatchObject([
      {
        kind: 'made',
        by: [{ object: { kind: 'PgCluster', name: 'main' } }],
        sources: [{ object: { name: 'pg-operator' }, name, container: 'manager' }],
      },
    ]);
  });

  test('a pod that nobody owns is somebody else’s only when a setting beside it names its image', async () => {
    putPod('alone', undefined);
    expect((await read()).deviations).toEqual([]);
    const made = operator({ env: [{ name: 'WORKER_IMAGE', value: old }] });
    api.put({ ...made, metadata: { namespace: 'shop', name: 'runner' } });
    expect((await read()).deviations).toMatchObject([{ kind: 'made', sources: [{ name: 'WORKER_IMAGE' }] }]);
  });
});

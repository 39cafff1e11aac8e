import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApiServer, writeKubeconfig, type ApiServer } from '../../../../test/support/apiserver.ts';
import { connectKube, type Kube } from '../../../adapters/kube/index.ts';
import { digText, type KindInfo } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../core/model/index.ts';
import { fromCluster } from './from-cluster.ts';

let folder: string;
let api: ApiServer;
let kube: Kube;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-source-'));
  await serve();
});

async function serve(kinds: readonly KindInfo[] = []): Promise<void> {
  api = await startApiServer({ kinds });
  kube = await connectKube({
    kubeconfig: await writeKubeconfig(folder, api, { namespace: 'shop' }),
    env: {},
  });
}

afterEach(async () => {
  await kube.close();
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

const application = {
  kind: 'Application',
  apiVersions: ['argoproj.io/v1alpha1'],
  plural: 'applications',
  names: [],
  namespaced: true,
} as const;

const everything = { names: [] };
const image = 'quay.io/acme/app:1';
const cause =
  'ErrImagePull: failed to pull and unpack image "quay.io/acme/app:1": dial tcp: lookup quay.io: no such host';
const newMessage = `Back-off pulling image "${image}": ${cause}`;
const oldMessage = `Back-off pulling image "${image}"`;

function owner(object: JsonObject): JsonObject {
  const { apiVersion, kind } = object;
  return {
    apiVersion,
    kind,
    name: digText(object, 'metadata', 'name'),
    uid: digText(object, 'metadata', 'uid'),
    controller: true,
  };
}

/** Requests for events of pods: refused controllers are asked about once, whatever fails. */
function eventsAskedForPods(): readonly unknown[] {
  return api.requests.filter(
    ({ path, query }) => path.endsWith('/events') && query.get('fieldSelector') !== 'reason=FailedCreate',
  );
}

/** Stores an object of `shop`, controlled by another one. */
function put(
  kind: string,
  name: string,
  spec: JsonObject,
  by?: JsonObject,
  metadata: JsonObject = {},
): JsonObject {
  const apiVersion = kind === 'Pod' ? 'v1' : kind.endsWith('Job') ? 'batch/v1' : 'apps/v1';
  const owners = by === undefined ? {} : { ownerReferences: [owner(by)] };
  const [stored = {}] = api.put({
    apiVersion,
    kind,
    metadata: { namespace: 'shop', name, ...owners, ...metadata },
    spec,
  });
  return stored;
}

function template(of = image): JsonObject {
  return {
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: of }] } },
  };
}

type PodOptions = {
  readonly by?: JsonObject;
  readonly message?: string;
  readonly reason?: string;
  readonly spec?: JsonObject;
  readonly status?: JsonObject;
  readonly metadata?: JsonObject;
};

function putPod(name: string, options: PodOptions = {}): JsonObject {
  const { by, message = newMessage, reason = 'ImagePullBackOff', spec, status, metadata } = options;
  const waiting = { name: 'app', state: { waiting: { reason, message } } };
  const pod = put(
    'Pod',
    name,
    { nodeName: 'n1', containers: [{ name: 'app', image, imagePullPolicy: 'IfNotPresent' }], ...spec },
    by,
    metadata,
  );
  api.put({ ...pod, status: { phase: 'Pending', containerStatuses: [waiting], ...status } });
  return pod;
}

function putNode(name: string, os: string, architecture: string): void {
  const nodeInfo = { operatingSystem: os, architecture, containerRuntimeVersion: 'containerd://1.6.20' };
  api.put({ apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { nodeInfo } });
}

function putEvent(
  pod: JsonObject,
  reason: string,
  message: string,
  lastTimestamp: string,
  container = 'app',
): void {
  api.put({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { namespace: 'shop', name: `${reason}-${lastTimestamp}-${digText(pod, 'metadata', 'name')}` },
    involvedObject: {
      kind: 'Pod',
      uid: digText(pod, 'metadata', 'uid'),
      fieldPath: `spec.containers{${container}}`,
    },
    reason,
    message,
    lastTimestamp,
  });
}

describe('owners', () => {
  test('pods of a Deployment lead to its template, which is read once', async () => {
    const web = put('Deployment', 'web', template());
    const rs = put('ReplicaSet', 'web-1', template(), web);
    for (const name of ['web-1-b', 'web-1-a']) putPod(name, { by: rs });
    const inventory = await fromCluster(kube, everything);
    expect(inventory.usages).toEqual([
      {
        image,
        reference: image,
        place: 'container',
        name: 'app',
        pullPolicy: 'IfNotPresent',
        object: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          namespace: 'shop',
          name: 'web',
          uid: digText(web, 'metadata', 'uid'),
        },
        path: '/spec/template/spec/containers/0/image',
      },
    ]);
    expect(inventory.workloads).toHaveLength(1);
    expect(inventory.workloads[0]).toMatchObject({
      object: { kind: 'Deployment' },
      podSpecPath: '/spec/template/spec',
      managers: [],
    });
    expect(inventory.workloads[0]?.stuckPods.map(({ ref, images }) => [ref.name, images])).toEqual([
      ['web-1-a', { app: image }],
      ['web-1-b', { app: image }],
    ]);
    expect(
      inventory.failures.map(({ pod, owner: top, message, source }) => [pod.name, top.name, message, source]),
    ).toEqual([
      ['web-1-a', 'web', cause, 'waiting'],
      ['web-1-b', 'web', cause, 'waiting'],
    ]);
    expect(api.requests.filter(({ path }) => path.includes('/replicasets/'))).toHaveLength(1);
    expect(eventsAskedForPods()).toEqual([]);
  });

  describe('many owners', () => {
    const many = 60;
    beforeEach(() => {
      for (let index = 0; index < many; index += 1) {
        const web = put('Deployment', `web-${index}`, template());
        putPod(`web-${index}-a`, { by: put('ReplicaSet', `web-${index}-1`, template(), web) });
      }
    });

    test('are listed instead of read one by one', async () => {
      const { workloads } = await fromCluster(kube, everything);
      expect(workloads).toHaveLength(many);
      const asked = api.requests.filter(({ path }) => /\/(replicasets|deployments)/.test(path));
      expect(asked.length).toBeLessThan(many / 10);
    });

    test('are read one by one by who may not list them', async () => {
      api.deny(
        { verb: 'list', resource: 'replicasets.apps' },
        { verb: 'list', resource: 'deployments.apps' },
      );
      const { workloads } = await fromCluster(kube, everything);
      expect(workloads.map(({ object: { kind } }) => kind)).toEqual(Array(many).fill('Deployment'));
    });
  });

  test('a CronJob has the Jobs that hang', async () => {
    const cron = put('CronJob', 'nightly', { jobTemplate: { spec: template() } });
    const jobs = ['nightly-2', 'nightly-10'].map((name) => put('Job', name, template(), cron));
    for (const job of jobs) putPod(`${digText(job, 'metadata', 'name')}-x`, { by: job });
    const { usages, workloads } = await fromCluster(kube, everything);
    expect(usages.map(({ object, path }) => [object.kind, path])).toEqual([
      ['CronJob', '/spec/jobTemplate/spec/template/spec/containers/0/image'],
    ]);
    expect(workloads.map(({ ref, stuckPods }) => [ref.kind, stuckPods.length])).toEqual([['CronJob', 0]]);
    expect(workloads[0]?.jobs.map(({ ref, stuckPods }) => [ref.name, stuckPods[0]?.ref.name])).toEqual([
      ['nightly-2', 'nightly-2-x'],
      ['nightly-10', 'nightly-10-x'],
    ]);
  });

  test('a template that was corrected has nothing to change; the pod of before is left', async () => {
    const web = put('StatefulSet', 'db', template('quay.io/acme/app:2'));
    putPod('db-0', { by: web });
    const { usages, workloads } = await fromCluster(kube, everything);
    expect(usages).toEqual([]);
    expect(workloads).toMatchObject([
      {
        ref: { kind: 'StatefulSet' },
        stuckPods: [{ ref: { name: 'db-0' } }],
        corrections: [{ container: 'app', image, template: 'quay.io/acme/app:2' }],
      },
    ]);
  });

  test('a bare pod is its own workload', async () => {
    const pod = putPod('alone');
    const { usages, workloads, failures } = await fromCluster(kube, everything);
    expect(usages).toMatchObject([
      { object: { kind: 'Pod', name: 'alone' }, path: '/spec/containers/0/image' },
    ]);
    expect(workloads).toMatchObject([
      { podSpecPath: '/spec', managers: [], stuckPods: [{ ref: { name: 'alone' } }] },
    ]);
    expect(failures[0]?.owner.uid).toBe(digText(pod, 'metadata', 'uid'));
  });

  test('containers that no template names are usages of the pod', async () => {
    const web = put('Deployment', 'web', template('nginx:1'));
    const rs = put('ReplicaSet', 'web-1', template('nginx:1'), web);
    const debug = { name: 'debug', image: 'busybox' };
    putPod('web-1-a', {
      by: rs,
      spec: {
        containers: [
          { name: 'app', image: 'nginx:1' },
          { name: 'proxy', image },
        ],
        ephemeralContainers: [debug],
      },
      status: {
        phase: 'Running',
        containerStatuses: [
          { name: 'proxy', state: { waiting: { reason: 'ErrImagePull', message: 'boom' } } },
        ],
        ephemeralContainerStatuses: [
          { name: 'debug', state: { waiting: { reason: 'ErrImagePull', message: 'boom' } } },
        ],
      },
    });
    const { usages, workloads, failures } = await fromCluster(kube, everything);
    expect(usages.map(({ object, place, path }) => [object.kind, place, path])).toEqual([
      ['Pod', 'container', '/spec/containers/1/image'],
      ['Pod', 'ephemeralContainer', '/spec/ephemeralContainers/0/image'],
    ]);
    expect(workloads).toMatchObject([
      { ref: { kind: 'Pod' }, managers: [{ by: 'admission', kind: 'ReplicaSet', name: 'web-1' }] },
    ]);
    expect(failures.map(({ owner: top }) => top.kind)).toEqual(['Deployment', 'Deployment']);
  });

  test('a kind of another group is not climbed', async () => {
    const uid = 'k1';
    putPod('kruise-0', {
      by: { apiVersion: 'apps.kruise.io/v1beta1', kind: 'StatefulSet', metadata: { name: 'kruise', uid } },
    });
    const { workloads } = await fromCluster(kube, everything);
    expect(workloads).toMatchObject([
      {
        ref: { kind: 'Pod' },
        managers: [{ by: 'controller', kind: 'StatefulSet', name: 'kruise', effect: 'reverts' }],
      },
    ]);
  });

  test('owners that may not be read end the climb', async () => {
    const web = put('Deployment', 'web', template());
    const rs = put('ReplicaSet', 'web-1', template(), web);
    putPod('web-1-a', { by: rs });
    api.deny(
      { resource: 'deployments' },
      { resource: 'nodes' },
      { resource: 'serviceaccounts' },
      { resource: 'events' },
    );
    const { workloads, nodes, platforms } = await fromCluster(kube, everything);
    expect(workloads).toMatchObject([
      {
        ref: { kind: 'ReplicaSet' },
        managers: [{ effect: 'unreadable', right: 'get deployments.apps in shop' }],
      },
    ]);
    expect({ nodes, platforms }).toEqual({ nodes: 0, platforms: [] });
  });

  test('a static pod is only a picture', async () => {
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', uid: 'n' } };
    putPod('proxy-n1', { by: node, metadata: { annotations: { 'kubernetes.io/config.mirror': 'x' } } });
    const { workloads } = await fromCluster(kube, everything);
    expect(workloads[0]?.managers).toEqual([{ by: 'static-pod', name: 'n1', effect: 'elsewhere' }]);
  });
});

test.each([
  [
    {
      labels: { 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'shop' },
    },
    [{ by: 'helm', namespace: 'shop', name: 'web', effect: 'overwrites' }],
  ],
  [
    { annotations: { 'argocd.argoproj.io/tracking-id': 'store:apps/Deployment:shop/web' } },
    [{ by: 'argocd', name: 'store', effect: 'reverts' }],
  ],
  [
    { labels: { 'app.kubernetes.io/instance': 'store' }, managedFields: [{ manager: 'argocd-controller' }] },
    [{ by: 'argocd', name: 'store', effect: 'reverts' }],
  ],
  [
    {
      labels: {
        'kustomize.toolkit.fluxcd.io/name': 'apps',
        'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
      },
    },
    [{ by: 'flux', kind: 'Kustomization', namespace: 'flux-system', name: 'apps', effect: 'reverts' }],
  ],
  [{ labels: { 'app.kubernetes.io/instance': 'store', 'app.kubernetes.io/managed-by': 'Helm' } }, []],
  [
    {
      ownerReferences: [
        { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', name: 'pg', uid: 'u', controller: true },
      ],
    },
    [{ by: 'controller', kind: 'Cluster', name: 'pg', effect: 'reverts' }],
  ],
] as const)('marks %j mean %j', async (metadata, managers) => {
  // Whether the delivery is there is not known then.
  api.deny({ resource: 'secrets' }, { resource: 'customresourcedefinitions' });
  const web = put('StatefulSet', 'web', template(), undefined, metadata);
  putPod('web-0', { by: web });
  const { workloads } = await fromCluster(kube, everything);
  expect(workloads[0]?.managers).toEqual(managers);
});

describe('what the marks say', () => {
  const helm = {
    labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    annotations: { 'meta.helm.sh/release-name': 'web' },
  };
  const argo = { annotations: { 'argocd.argoproj.io/tracking-id': 'store:apps/Deployment:shop/web' } };

  async function effectsOf(metadata: JsonObject): Promise<readonly string[]> {
    putPod('web-0', { by: put('StatefulSet', 'web', template(), undefined, metadata) });
    const { workloads } = await fromCluster(kube, everything);
    return workloads[0]?.managers.map(({ effect }) => effect) ?? [];
  }

  test.each([
    ['Helm', helm],
    ['Argo CD', argo],
  ])('%s: marks without a delivery put nothing back', async (_, metadata) => {
    expect(await effectsOf(metadata)).toEqual(['gone']);
  });

  test('a release that is there overwrites at its next upgrade', async () => {
    const labels = { owner: 'helm', name: 'web', status: 'deployed' };
    const name = 'sh.helm.release.v1.web.v1';
    api.put({ apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'shop', name, labels } });
    expect(await effectsOf(helm)).toEqual(['overwrites']);
  });

  test.each<readonly [string, JsonObject, JsonObject]>([
    [
      'no self-heal: the next sync overwrites',
      { automated: {} },
      { effect: 'overwrites', sync: { mode: 'next-sync' } },
    ],
    ['self-heal', { automated: { selfHeal: true } }, { effect: 'reverts', sync: { mode: 'heals' } }],
  ])('an application that is there, %s', async (_, syncPolicy, delivery) => {
    await Promise.all([kube.close(), api.close()]);
    await serve([application]);
    api.put({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { namespace: 'argocd', name: 'store' },
      spec: { syncPolicy, source: { repoURL: 'https://git.lab/apps.git', path: 'prod' } },
    });
    putPod('web-0', { by: put('StatefulSet', 'web', template(), undefined, argo) });
    const { workloads } = await fromCluster(kube, everything);
    expect(workloads[0]?.managers).toEqual([
      {
        by: 'argocd',
        name: 'store',
        ...delivery,
        source: { repository: 'https://git.lab/apps.git', path: 'prod', built: 'manifests' },
      },
    ]);
  });

  test('a namespace that is being deleted', async () => {
    api.put({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop' },
      status: { phase: 'Terminating' },
    });
    putPod('web-0', { by: put('StatefulSet', 'web', template()) });
    const { workloads } = await fromCluster(kube, everything);
    expect(workloads[0]?.managers).toMatchObject([{ by: 'deletion', kind: 'Namespace', name: 'shop' }]);
  });

  test('what may not be read is told', async () => {
    api.deny({ resource: 'nodes' }, { resource: 'events' });
    putPod('web-0', { by: put('StatefulSet', 'web', template()), message: oldMessage });
    const { unread } = await fromCluster(kube, everything);
    expect(unread).toEqual(expect.arrayContaining(['list nodes', 'list events in shop']));
  });
});

describe('evidence', () => {
  test('without a cause in the message, the newest event about that image of that container', async () => {
    const pod = putPod('alone', { message: oldMessage });
    putEvent(pod, 'Failed', `Failed to pull image "${image}": old`, '2026-01-01T00:00:00Z');
    putEvent(pod, 'Failed', `Failed to pull image "${image}": new`, '2026-01-01T00:01:00Z');
    putEvent(pod, 'Failed', 'Error: ErrImagePull', '2026-01-01T00:02:00Z');
    putEvent(
      pod,
      'Failed',
      'Failed to pull image "quay.io/acme/app:0": before the edit',
      '2026-01-01T00:03:00Z',
    );
    putEvent(
      pod,
      'Failed',
      `Failed to pull image "${image}": other container`,
      '2026-01-01T00:04:00Z',
      'side',
    );
    const { failures } = await fromCluster(kube, everything);
    expect(failures).toMatchObject([
      { message: `Failed to pull image "${image}": new`, source: 'event', reason: 'ImagePullBackOff' },
    ]);
  });

  test('nothing is made up when the events are gone', async () => {
    putPod('alone', { message: oldMessage });
    expect((await fromCluster(kube, everything)).failures).toMatchObject([{ message: '', source: 'none' }]);
  });

  test('a missing pull secret is told beside the cause', async () => {
    const text =
      'Unable to retrieve some image pull secrets (quay); attempting to pull the image may not succeed.';
    const pod = putPod('alone', { spec: { imagePullSecrets: [{ name: 'quay' }] } });
    putEvent(pod, 'FailedToRetrieveImagePullSecret', text, '2026-01-01T00:00:00Z');
    expect((await fromCluster(kube, everything)).failures).toMatchObject([
      { message: cause, source: 'waiting', pullSecrets: ['quay'], secretWarning: text },
    ]);
  });

  test('many pods cost one list of events, not one each', async () => {
    for (let i = 0; i < 12; i++) {
      putEvent(
        putPod(`p-${i}`, { message: oldMessage }),
        'Failed',
        `Failed to pull image "${image}": no ${i}`,
        '2026-01-01T00:00:00Z',
      );
    }
    const { failures } = await fromCluster(kube, everything);
    expect(failures.map(({ pod, message }) => `${pod.name} ${message.slice(-4)}`).slice(0, 3)).toEqual([
      'p-0 no 0',
      'p-1 no 1',
      'p-2 no 2',
    ]);
    expect(failures.every(({ source }) => source === 'event')).toBe(true);
    expect(eventsAskedForPods()).toHaveLength(2);
  });

  test('the successor of a pod that ended is found, for its Job and its image', async () => {
    const job = put('Job', 'load', template());
    putPod('load-1', { by: job, status: { phase: 'Failed' } });
    putPod('load-2', { by: job });
    const { failures, workloads } = await fromCluster(kube, everything);
    expect(failures.map(({ pod, owner: top }) => [pod.name, top.kind])).toEqual([['load-2', 'Job']]);
    expect(workloads[0]?.stuckPods.map(({ ref }) => ref.name)).toEqual(['load-2']);
  });

  test('pods that ended or are being deleted are left alone', async () => {
    putPod('evicted', { status: { phase: 'Failed' } });
    putPod('leaving', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } });
    expect(await fromCluster(kube, everything)).toMatchObject({ usages: [], failures: [], workloads: [] });
  });
});

describe('what is known about the cluster', () => {
  test('platforms of nodes that the pods may land on, and runtimes', async () => {
    putNode('n1', 'linux', 'amd64');
    putNode('n2', 'linux', 'arm64');
    putNode('w1', 'windows', 'amd64');
    putPod('alone', { metadata: { creationTimestamp: '2026-01-01T00:00:00Z' } });
    const { nodes, platforms, failures, cluster } = await fromCluster(kube, everything);
    expect({ nodes, platforms, cluster }).toEqual({
      nodes: 3,
      platforms: ['linux/amd64', 'linux/arm64'],
      cluster: kube.identity,
    });
    expect(failures).toMatchObject([
      { node: 'n1', runtime: 'containerd://1.6.20', since: '2026-01-01T00:00:00Z' },
    ]);
  });

  test('digests that other pods ran the image with', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const ran = (imageID: string) => ({
      status: { phase: 'Succeeded', containerStatuses: [{ name: 'app', imageID }] },
    });
    putPod('failing');
    putPod('containerd', ran(`quay.io/acme/app@${digest}`));
    putPod('docker', ran(`docker-pullable://quay.io/acme/app@sha256:${'b'.repeat(64)}`));
    putPod('config-only', ran(`sha256:${'c'.repeat(64)}`));
    putPod('renamed', ran(`harbor.corp/acme/app@sha256:${'d'.repeat(64)}`));
    expect((await fromCluster(kube, everything)).knownDigests).toEqual({
      [image]: [digest, `sha256:${'b'.repeat(64)}`],
    });
  });

  test('what nodes keep under the name: pulled under it, or given it by hand', async () => {
    const [a, b] = ['a', 'b'].map((letter) => `sha256:${letter.repeat(64)}`);
    const images = [
      { names: [image, `quay.io/acme/app@${a}`, `harbor.corp/acme/app@${a}`] },
      { names: [image, `harbor.corp/acme/app:1`, `harbor.corp/acme/app@${b}`] },
    ];
    api.put({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' }, status: { images } });
    putPod('failing');
    const { knownDigests, namedDigests } = await fromCluster(kube, everything);
    expect({ knownDigests, namedDigests }).toEqual({
      knownDigests: { [image]: [a] },
      namedDigests: { [image]: [b] },
    });
  });

  test('pull secrets of the ServiceAccount', async () => {
    const spec = {
      template: { spec: { serviceAccountName: 'robot', containers: [{ name: 'app', image }] } },
    };
    putPod('web-0', { by: put('StatefulSet', 'web', spec) });
    api.put({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { namespace: 'shop', name: 'robot' },
      imagePullSecrets: [{ name: 'quay' }],
    });
    expect((await fromCluster(kube, everything)).workloads[0]?.serviceAccountSecrets).toEqual(['quay']);
  });
});

describe('scope', () => {
  beforeEach(() => {
    for (const name of ['web', 'api'])
      putPod(`${name}-0`, { by: put('StatefulSet', name, template()), metadata: { labels: { app: name } } });
    putPod('elsewhere', { metadata: { namespace: 'other' } });
  });

  async function podsOf(scope: Parameters<typeof fromCluster>[1]): Promise<readonly string[]> {
    return (await fromCluster(kube, scope)).failures.map(({ pod }) => pod.name);
  }

  test('all namespaces, one namespace, labels, names', async () => {
    expect(await podsOf({ names: [] })).toEqual(['elsewhere', 'api-0', 'web-0']);
    expect(await podsOf({ namespace: 'shop', names: [] })).toEqual(['api-0', 'web-0']);
    expect(await podsOf({ selector: 'app in (web)', names: [] })).toEqual(['web-0']);
    expect(await podsOf({ names: ['sts/web'] })).toEqual(['web-0']);
    expect(await podsOf({ namespace: 'other', names: ['pod/elsewhere'] })).toEqual(['elsewhere']);
  });

  test('names that are not there or make no sense', async () => {
    await expect(podsOf({ names: ['deploy/web'] })).rejects.toMatchObject({
      code: 'PM_NOT_FOUND',
      params: { object: 'Deployment/shop/web' },
    });
    for (const name of ['web', 'secret/x', 'sts/', 'a/b/c']) {
      await expect(podsOf({ names: [name] })).rejects.toMatchObject({
        code: 'PM_UNKNOWN_KIND',
        params: { name },
      });
    }
  });

  test('nothing is written', async () => {
    await podsOf({ names: [] });
    expect(new Set(api.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApiServer, writeKubeconfig, type ApiServer } from '../../../../../test/support/apiserver.ts';
import { connectKube, type Kube } from '../../../../adapters/kube/index.ts';
import { digText } from '../../../../core/knowledge/pods/index.ts';
import type { Chain, JsonObject } from '../../../../core/model/index.ts';
import { fromCluster } from '../from-cluster.ts';

let folder: string;
let api: ApiServer;
let kube: Kube;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-chains-'));
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

const image = 'docker.io/library/busybox:1.36';
const message = `Back-off pulling image "${image}": ErrImagePull: dial tcp: lookup docker.io: no such host`;
const shop = { namespace: 'shop', names: [] };

function put(object: JsonObject): JsonObject {
  const [stored = {}] = api.put(object);
  return stored;
}

function failingPod(namespace: string, name: string, more: JsonObject = {}): JsonObject {
  const { metadata = {}, ...spec } = more;
  return put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, ...(metadata as JsonObject) },
    spec: { nodeName: 'n1', containers: [{ name: 'c', image }], ...spec },
    status: {
      phase: 'Pending',
      containerStatuses: [{ name: 'c', state: { waiting: { reason: 'ImagePullBackOff', message } } }],
    },
  });
}

function stuckPod(name: string, spec: JsonObject): JsonObject {
  return put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name },
    spec: { containers: [{ name: 'c', image: 'quay.io/a/b:1' }], ...spec },
    status: { phase: 'Pending' },
  });
}

function event(about: JsonObject, reason: string, text: string, involved: JsonObject = {}): void {
  put({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { namespace: digText(about, 'metadata', 'namespace') ?? '', name: `${reason}-${text.length}` },
    involvedObject: {
      apiVersion: about.apiVersion ?? '',
      kind: about.kind ?? '',
      namespace: digText(about, 'metadata', 'namespace') ?? '',
      name: digText(about, 'metadata', 'name') ?? '',
      uid: digText(about, 'metadata', 'uid') ?? '',
      ...involved,
    },
    type: 'Warning',
    reason,
    message: text,
    lastTimestamp: '2026-01-01T00:00:00Z',
  });
}

function names(chains: readonly Chain[] | undefined): readonly string[] {
  return (chains ?? []).map(({ links }) =>
    links.map(({ object }) => `${object.kind}/${object.name}`).join(' > '),
  );
}

const claimUid = '0aa5a1c2-1111-4222-8333-944444444444';
const made = `helper-pod-create-pvc-${claimUid}`;

function putStorage(): void {
  stuckPod('db-0', { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-db-0' } }] });
  const claim = put({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace: 'shop', name: 'data-db-0', uid: claimUid },
    spec: { storageClassName: 'local-path' },
    status: { phase: 'Pending' },
  });
  event(
    claim,
    'ExternalProvisioning',
    "Waiting for a volume to be created either by the external provisioner 'rancher.io/local-path' or manually",
  );
  put({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'local-path' },
    provisioner: 'rancher.io/local-path',
  });
}

test('a claim leads to the pod that its provisioner makes, and to the text that names its image', async () => {
  putStorage();
  const pod = failingPod('storage', made);
  const text = `# kept\nspec:\n  containers:\n    - name: c\n      image: ${image} # here\n`;
  put({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: 'storage', name: 'local-path-config' },
    data: { 'config.json': '{}', 'helperPod.yaml': text },
  });
  put({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'storage', name: 'provisioner' },
    spec: {
      selector: { matchLabels: { app: 'p' } },
      template: { spec: { volumes: [{ name: 'v', configMap: { name: 'local-path-config' } }] } },
    },
  });
  put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'storage', name: 'provisioner-1', labels: { app: 'p' } },
    status: { phase: 'Running' },
  });
  const { chains, failures, usages, workloads } = await fromCluster(kube, shop);
  expect(names(chains)).toEqual([
    `Pod/db-0 > PersistentVolumeClaim/data-db-0 > StorageClass/local-path > Pod/${made}`,
  ]);
  expect(chains?.[0]?.links[1]?.symptom).toContain('external provisioner');
  expect(failures.map(({ pod: { name }, owner }) => [name, owner.name])).toEqual([
    [made, 'local-path-config'],
  ]);
  expect(usages).toMatchObject([
    { image, path: '/data/helperPod.yaml', within: { offset: text.indexOf(image), length: image.length } },
  ]);
  expect(workloads[0]?.provisions).toMatchObject({
    pods: [{ name: made, uid: digText(pod, 'metadata', 'uid') }],
    readers: [{ name: 'provisioner-1' }],
    claims: [{ name: 'data-db-0' }],
  });
});

test('between two tries the pod that a provisioner makes is known from its events', async () => {
  putStorage();
  const gone = (uid: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'storage', name: made, uid },
  });
  const text = `Failed to pull image "${image}": dial tcp: lookup docker.io: no such host`;
  event(gone('u1'), 'Failed', text, { fieldPath: 'spec.containers{helper-pod}' });
  event(gone('u1'), 'Failed', 'Error: ErrImagePull', { fieldPath: 'spec.containers{helper-pod}' });
  put({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: 'storage', name: 'local-path-config' },
    data: { 'helperPod.yaml': `spec:\n  containers:\n    - image: ${image}\n` },
  });
  const { chains, failures, usages, workloads } = await fromCluster(kube, shop);
  expect(names(chains)).toEqual([
    `Pod/db-0 > PersistentVolumeClaim/data-db-0 > StorageClass/local-path > Pod/${made}`,
  ]);
  expect(failures).toMatchObject([
    { container: 'helper-pod', image, message: text, source: 'event', owner: { name: 'local-path-config' } },
  ]);
  expect(usages).toMatchObject([{ image, path: '/data/helperPod.yaml' }]);
  // There is nothing to delete.
  expect(workloads[0]?.provisions?.pods).toEqual([]);
});

test('an environment variable and a flag of the provisioner are settings too', async () => {
  putStorage();
  failingPod('storage', `init-pvc-${claimUid}`);
  put({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'storage', name: 'provisioner' },
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: 'p',
              env: [{ name: 'OPENEBS_IO_HELPER_IMAGE', value: image }],
              args: ['--helper-image', image, `--other-image=${image}`, `--x=${image}-debug`],
            },
          ],
        },
      },
    },
  });
  const base = '/spec/template/spec/containers/0';
  const { usages } = await fromCluster(kube, shop);
  expect(usages.map(({ path, name, within }) => [path, name, within?.offset])).toEqual([
    [`${base}/env/0/value`, 'OPENEBS_IO_HELPER_IMAGE', undefined],
    [`${base}/args/1`, '--helper-image', undefined],
    [`${base}/args/2`, '--other-image', '--other-image='.length],
  ]);
});

test('a claim without StorageClass, and one whose provisioner is silent, end where they can be followed', async () => {
  putStorage();
  stuckPod('web', { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'orphan' } }] });
  const claim = put({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace: 'shop', name: 'orphan' },
    status: { phase: 'Pending' },
  });
  event(claim, 'FailedBinding', 'no persistent volumes available for this claim and no storage class is set');
  const { chains, failures } = await fromCluster(kube, shop);
  expect(failures).toEqual([]);
  expect(chains?.map((one) => [one.class, names([one])[0]])).toEqual([
    ['dependent-storage', 'Pod/db-0 > PersistentVolumeClaim/data-db-0 > StorageClass/local-path'],
    ['no-storage-class', 'Pod/web > PersistentVolumeClaim/orphan'],
  ]);
});

describe('the default StorageClass', () => {
  function putClass(name: string, created: string, isDefault: boolean): void {
    const annotations = { 'storageclass.kubernetes.io/is-default-class': String(isDefault) };
    put({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name, creationTimestamp: created, annotations },
      provisioner: 'x.example/y',
    });
  }

  function putWaiting(spec: JsonObject): void {
    stuckPod('web', { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }] });
    put({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { namespace: 'shop', name: 'data' },
      spec,
      status: { phase: 'Pending' },
    });
  }

  async function found(scope = shop): Promise<readonly unknown[]> {
    const { chains, findings } = await fromCluster(kube, scope);
    return [
      names(chains),
      (findings ?? []).map(({ kind, objects }) => [kind, objects.map(({ name }) => name)]),
    ];
  }

  test('a claim waits for one and there is none, also when its events are gone', async () => {
    putClass('slow', '2026-01-01T00:00:00Z', false);
    putWaiting({});
    expect(await found()).toEqual([
      ['Pod/web > PersistentVolumeClaim/data'],
      [['no-default-storage-class', ['slow']]],
    ]);
  });

  test('a claim that wants no class at all does not wait for one', async () => {
    putWaiting({ storageClassName: '' });
    expect(await found()).toEqual([[], []]);
  });

  test('several are told, the newest first; a claim without class gets that one', async () => {
    putClass('old', '2026-01-01T00:00:00Z', true);
    putClass('new', '2026-02-01T00:00:00Z', true);
    putClass('other', '2026-03-01T00:00:00Z', false);
    const told = [['several-default-storage-classes', ['new', 'old']]];
    expect(await found({ ...shop, namespace: 'elsewhere' })).toEqual([[], []]);
    const { findings } = await fromCluster(kube, { names: [] });
    expect(findings).toMatchObject([{ kind: 'several-default-storage-classes' }]);
    putWaiting({});
    failingPod('storage', 'provisioner-1', {
      containers: [{ name: 'c', image, args: ['--provisioner=x.example/y'] }],
    });
    expect(await found()).toEqual([
      ['Pod/web > PersistentVolumeClaim/data > StorageClass/new > Pod/provisioner-1'],
      told,
    ]);
  });

  test('who may not list them hears nothing about them', async () => {
    putWaiting({});
    api.deny({ resource: 'storageclasses' });
    expect(await found()).toEqual([[], []]);
  });
});

test('a claim that is bound is no reason to wait', async () => {
  stuckPod('web', { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'done' } }] });
  put({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace: 'shop', name: 'done' },
    status: { phase: 'Bound' },
  });
  expect((await fromCluster(kube, shop)).chains).toEqual([]);
});

test('a refused ReplicaSet leads over the Service to the webhook that cannot be pulled, while it lacks pods', async () => {
  const replicaSet = put({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { namespace: 'shop', name: 'web-1' },
    spec: { replicas: 2 },
    status: { replicas: 0 },
  });
  event(
    replicaSet,
    'FailedCreate',
    'Error creating: Internal error occurred: failed calling webhook "w.x": failed to call webhook: Post "https://hook.guard.svc:443/m?timeout=5s": no endpoints available for service "hook"',
  );
  put({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'guard', name: 'hook' },
    spec: { selector: { app: 'hook' } },
  });
  failingPod('guard', 'hook-1', { metadata: { labels: { app: 'hook' } } });
  const { chains, usages } = await fromCluster(kube, shop);
  expect(names(chains)).toEqual(['ReplicaSet/web-1 > Service/hook > Pod/hook-1']);
  expect(usages.map(({ object }) => object.name)).toEqual(['hook-1']);
  put({ ...replicaSet, status: { replicas: 2 } });
  expect((await fromCluster(kube, shop)).chains).toEqual([]);
});

test('workloads whose pods are refused are told once for each refuser, in its words, while they lack pods', async () => {
  put({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'shop', name: 'web', uid: 'u-web' },
    spec: { replicas: 1 },
    status: { replicas: 0 },
  });
  const replicaSet = put({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      namespace: 'shop',
      name: 'web-1',
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'u-web', controller: true },
      ],
    },
    spec: { replicas: 1 },
    status: { replicas: 0 },
  });
  const db = put({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { namespace: 'shop', name: 'db' },
    spec: { replicas: 1 },
    status: { replicas: 0 },
  });
  const words = 'exceeded quota: team, requested: pods=1, used: pods=2, limited: pods=2';
  event(replicaSet, 'FailedCreate', `Error creating: pods "web-1-" is forbidden: ${words}`);
  event(
    db,
    'FailedCreate',
    `create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: ${words}`,
  );
  const found = await fromCluster(kube, shop);
  expect(found.chains).toEqual([]);
  expect(found.findings).toMatchObject([
    { kind: 'pods-refused', by: 'quota', name: 'team', message: words, objects: [{}, {}] },
  ]);
  const objects = found.findings?.flatMap((finding) => finding.objects.map(({ kind }) => kind));
  expect(objects?.toSorted()).toEqual(['Deployment', 'StatefulSet']);
  expect((await fromCluster(kube, { namespace: 'shop', names: ['deploy/web'] })).findings).toMatchObject([
    { objects: [{ kind: 'Deployment', name: 'web' }] },
  ]);
  put({ ...replicaSet, status: { replicas: 1 } });
  put({ ...db, status: { replicas: 1 } });
  expect((await fromCluster(kube, shop)).findings).toEqual([]);
});

const short = [
  ['apps/v1', 'StatefulSet', { replicas: 1 }, { replicas: 0 }, { replicas: 1 }],
  ['batch/v1', 'Job', {}, {}, { active: 1 }],
  [
    'apps/v1',
    'DaemonSet',
    {},
    { currentNumberScheduled: 0, desiredNumberScheduled: 2 },
    { currentNumberScheduled: 2, desiredNumberScheduled: 2 },
  ],
] as const;

test.each(short)('a refused pod of a %s %s is found, though it does not exist', async (...row) => {
  const [apiVersion, kind, spec, lacking, complete] = row;
  const controller = { apiVersion, kind, metadata: { namespace: 'shop', name: 'x' }, spec };
  const stored = put({ ...controller, status: lacking });
  event(
    stored,
    'FailedCreate',
    'create Pod x-0 in X x failed error: Internal error occurred: failed calling webhook "w.x": failed to call webhook: Post "https://hook.guard.svc:443/m?timeout=5s": dial tcp 10.96.0.9:443: connect: connection refused',
  );
  failingPod('guard', 'hook-1', { metadata: { labels: { app: 'hook' } } });
  put({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'guard', name: 'hook' },
    spec: { selector: { app: 'hook' } },
  });
  expect(names((await fromCluster(kube, shop)).chains)).toEqual([`${kind}/x > Service/hook > Pod/hook-1`]);
  put({ ...stored, status: complete });
  expect((await fromCluster(kube, shop)).chains).toEqual([]);
});

test('a pause image that is missing is a failure that no object names', async () => {
  const pod = stuckPod('web', { nodeName: 'n1' });
  event(
    pod,
    'FailedCreatePodSandBox',
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox image "registry.k8s.io/pause:3.10": failed to pull image "registry.k8s.io/pause:3.10": dial tcp: lookup registry.k8s.io: no such host',
  );
  const { chains, failures, usages } = await fromCluster(kube, shop);
  expect([chains, usages]).toEqual([[], []]);
  expect(failures).toMatchObject([{ place: 'sandbox', image: 'registry.k8s.io/pause:3.10', node: 'n1' }]);
});

test('a node without network leads to the DaemonSet pod on it', async () => {
  put({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n1' },
    status: {
      conditions: [
        {
          type: 'Ready',
          status: 'False',
          message:
            'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
        },
      ],
    },
  });
  stuckPod('web', { nodeName: 'n1' });
  const text =
    "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.";
  const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: text };
  put({ ...stuckPod('kept-off', {}), status: { phase: 'Pending', conditions: [condition] } });
  stuckPod('too-big', {});
  const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'cni', uid: 'u1', controller: true };
  failingPod('kube-system', 'cni-1', { metadata: { ownerReferences: [owner] } });
  const { chains } = await fromCluster(kube, shop);
  expect(names(chains)).toEqual(['Pod/web > Node/n1 > Pod/cni-1', 'Pod/kept-off > Node/n1 > Pod/cni-1']);
});

test("a volume that cannot be mounted leads over the node to the driver's pod there", async () => {
  const volumes = [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }];
  const pod = stuckPod('db', { nodeName: 'n1', volumes });
  event(
    pod,
    'FailedMount',
    'MountVolume.MountDevice failed for volume "pvc-1" : kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name nfs.csi.k8s.io not found in the list of registered CSI drivers',
  );
  const folder = { name: 's', hostPath: { path: '/var/lib/kubelet/plugins/nfs.csi.k8s.io' } };
  failingPod('storage', 'other-1');
  expect((await fromCluster(kube, shop)).chains).toEqual([]);
  failingPod('storage', 'csi-nfs-1', { volumes: [folder] });
  const { chains, failures } = await fromCluster(kube, shop);
  expect(names(chains)).toEqual(['Pod/db > Node/n1 > Pod/csi-nfs-1']);
  expect(chains?.[0]).toMatchObject({ class: 'dependent-node' });
  expect(failures.map(({ pod: { name } }) => name)).toEqual(['csi-nfs-1']);
});

test('where nothing waits, one request is all that chains cost', async () => {
  const before = api.requests.length;
  await fromCluster(kube, shop);
  expect(api.requests.slice(before).filter(({ path }) => path.includes('/events'))).toHaveLength(1);
});

describe('a Helm release that does not end', () => {
  const ownedBy = (owner: JsonObject): JsonObject => ({
    metadata: {
      ownerReferences: [
        {
          apiVersion: owner.apiVersion ?? '',
          kind: owner.kind ?? '',
          name: digText(owner, 'metadata', 'name') ?? '',
          uid: digText(owner, 'metadata', 'uid') ?? '',
          controller: true,
        },
      ],
    },
  });

  function revision(name: string, version: number, status: string): void {
    put({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        namespace: 'shop',
        name: `sh.helm.release.v1.${name}.v${version}`,
        labels: { owner: 'helm', name, status, version: String(version) },
      },
      data: { release: 'never read' },
    });
  }

  function hookJob(name: string, labels: JsonObject = {}): void {
    const annotations = { 'helm.sh/hook': 'pre-install' };
    const job = put({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { namespace: 'shop', name, annotations, labels },
      spec: { template: { spec: { containers: [{ name: 'c', image }] } } },
    });
    failingPod('shop', `${name}-abcde`, ownedBy(job));
  }

  test('leads to its hook, known by the beginning of its name, and to the pod', async () => {
    revision('web', 9, 'superseded');
    revision('web', 10, 'pending-install');
    revision('web-shop', 1, 'deployed');
    hookJob('web-migrate');
    const { chains } = await fromCluster(kube, shop);
    expect(names(chains)).toEqual(['Release/web > Job/web-migrate > Pod/web-migrate-abcde']);
    const [found] = chains ?? [];
    expect(found?.class).toBe('dependent-install');
    expect(found?.links.map(({ symptom }) => symptom)).toEqual(['pending-install', 'pre-install', '']);
    const asked = api.requests.filter(({ path }) => path.endsWith('/secrets'));
    expect(asked.map(({ headers }) => headers['accept'])).toEqual([
      'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
    ]);
  });

  test('leads to a hook by its label, whatever it is called, and to what Helm marks as its own', async () => {
    revision('web', 1, 'failed');
    hookJob('seed-data', { 'app.kubernetes.io/instance': 'web' });
    const deployment = put({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: 'shop', name: 'api', annotations: { 'meta.helm.sh/release-name': 'web' } },
      spec: { template: { spec: { containers: [{ name: 'c', image }] } } },
    });
    failingPod('shop', 'api-1', ownedBy(deployment));
    const { chains } = await fromCluster(kube, shop);
    expect(names(chains)).toEqual([
      'Release/web > Deployment/api > Pod/api-1',
      'Release/web > Job/seed-data > Pod/seed-data-abcde',
    ]);
  });

  test('is not one whose newest revision is deployed, or that may not be seen', async () => {
    revision('web', 1, 'failed');
    revision('web', 2, 'deployed');
    hookJob('web-migrate');
    expect((await fromCluster(kube, shop)).chains).toEqual([]);
    revision('web', 3, 'failed');
    api.deny({ verb: 'list', resource: 'secrets' });
    expect((await fromCluster(kube, shop)).chains).toEqual([]);
  });

  test('costs nothing where no failing pod is of a chart', async () => {
    failingPod('shop', 'alone');
    await fromCluster(kube, shop);
    expect(api.requests.some(({ path }) => path.endsWith('/secrets'))).toBe(false);
  });
});

describe('logs of installers', () => {
  const fetched = 'docker.io/kubesphere/examples-bookinfo-ratings-v1:1.16.3';
  const log = [
    'TASK [preinstall : KubeSphere | Checking Kubernetes version] ***************',
    'changed: [localhost]',
    `E0301 10:00:00.000000    1 remote_image.go:180] "PullImage from image service failed" err="rpc error: code = NotFound desc = failed to pull and unpack image \\"${fetched}\\": failed to resolve reference \\"${fetched}\\": ${fetched}: not found" image="${fetched}"`,
    'password: hunter2',
  ].join('\n');

  beforeEach(() => {
    put({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'kubesphere-system', name: 'ks-installer-1', labels: { app: 'ks-installer' } },
      spec: { containers: [{ name: 'installer', image: 'quay.io/a/b:1' }] },
      status: { phase: 'Running', containerStatuses: [{ name: 'installer', state: { running: {} } }] },
    });
  });

  function answer(status: number, body: string): void {
    api.intercept(({ path }) => (path.includes('/ks-installer-1/log') ? { status, body } : undefined));
  }

  test('tell of an image that no pod waits for, with the end of the log only', async () => {
    answer(200, log);
    const { findings } = await fromCluster(kube, { names: [] });
    expect(findings).toMatchObject([
      {
        kind: 'installer-log',
        objects: [{ namespace: 'kubesphere-system', name: 'ks-installer-1' }],
        image: fetched,
        class: 'not-found',
      },
    ]);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
    const [asked] = api.requests.filter(({ path }) => path.includes('/log'));
    expect(asked?.query.get('tailLines')).toBe('500');
  });

  test('tell nothing of what is over', async () => {
    answer(200, `${log}\n#####\n###              Welcome to KubeSphere!           ###\n#####`);
    expect((await fromCluster(kube, { names: [] })).findings).toEqual([]);
  });

  test('add nothing to what a pod shows', async () => {
    answer(200, log.replaceAll(fetched, image));
    failingPod('shop', 'web');
    expect((await fromCluster(kube, { names: [] })).findings).toEqual([]);
  });

  test.each([
    ['that may not be read', 403],
    ['of a kubelet that is not reached', 502],
  ])('%s stop nothing', async (_, status) => {
    answer(status, 'no');
    failingPod('shop', 'web');
    const { findings, failures } = await fromCluster(kube, { names: [] });
    expect([findings, failures.length]).toEqual([[], 1]);
  });

  test('are not read for another namespace', async () => {
    answer(200, log);
    expect((await fromCluster(kube, shop)).findings).toEqual([]);
    expect(api.requests.some(({ path }) => path.includes('/log'))).toBe(false);
  });
});

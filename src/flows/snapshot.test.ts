import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApiServer, writeKubeconfig, type ApiServer } from '../../test/support/apiserver.ts';
import { kindInfo } from '../core/knowledge/pods/index.ts';
import type { Json, JsonObject, PullProblem, Snapshot } from '../core/model/index.ts';
import { createMender } from './mender.ts';
import type { Mender } from './mender-type.ts';

let folder: string;
let api: ApiServer;
let mender: Mender;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-snapshot-'));
  api = await startApiServer();
  mender = await createMender({
    kubeconfig: await writeKubeconfig(folder, api, { namespace: 'shop' }),
    env: {},
    home: folder,
    onEvent: () => {},
    signal: new AbortController().signal,
  });
});

afterEach(async () => {
  await mender.close();
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

const everywhere = { type: 'cluster', allNamespaces: true, names: [] } as const;
const secret = 'hunter2-s3cr3t';
const claimUid = '0f1d3c52-6a0b-4f6e-9a38-3f1f5a9a7c11';
const helper = 'docker.io/library/busybox:1.36';
const image = 'harbor.corp.example/team/web:1';
const message = `Failed to pull image "${image}": failed to do request: Head "https://harbor.corp.example/v2/team/web/manifests/1": dial tcp: lookup harbor.corp.example: no such host`;

function put(kind: string, namespace: string | undefined, name: string, rest: JsonObject): JsonObject {
  const apiVersion = kindInfo(kind)?.apiVersions[0] ?? 'v1';
  const { metadata, ...others } = rest as { readonly metadata?: JsonObject };
  const [stored = {}] = api.put({
    apiVersion,
    kind,
    metadata: { ...(namespace === undefined ? {} : { namespace }), name, ...metadata },
    ...others,
  });
  return stored;
}

function waiting(name: string, reason: string, text: string): JsonObject {
  return { phase: 'Pending', containerStatuses: [{ name, state: { waiting: { reason, message: text } } }] };
}

/** A web pod that fails, one that is well, and a pod that waits for a volume whose helper pod cannot be pulled. */
function fill(): void {
  put('Node', undefined, 'node1.corp.example', {
    status: { nodeInfo: { operatingSystem: 'linux', architecture: 'amd64' }, conditions: [] },
  });
  const env = [{ name: 'PASSWORD', value: secret }];
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': secret };
  const deployment = put('Deployment', 'shop', 'web', {
    metadata: { annotations },
    spec: { template: { spec: { containers: [{ name: 'app', image, env, args: [`--token=${secret}`] }] } } },
  });
  const { uid } = deployment['metadata'] as JsonObject;
  const owner = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'web',
    uid: uid as Json,
    controller: true,
  };
  put('Pod', 'shop', 'web-1', {
    metadata: { annotations, ownerReferences: [owner] },
    spec: { nodeName: 'node1.corp.example', containers: [{ name: 'app', image, env }] },
    status: waiting('app', 'ErrImagePull', message),
  });
  put('Pod', 'shop', 'fine', {
    spec: { containers: [{ name: 'app', image: 'nginx', env }] },
    status: { phase: 'Running', containerStatuses: [{ name: 'app', state: { running: {} } }] },
  });
  put('Pod', 'shop', 'db-0', {
    spec: {
      containers: [{ name: 'db', image: 'postgres' }],
      volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data-db-0' } }],
    },
    status: { phase: 'Pending' },
  });
  put('PersistentVolumeClaim', 'shop', 'data-db-0', {
    metadata: { uid: claimUid },
    spec: { storageClassName: 'local-path' },
    status: { phase: 'Pending' },
  });
  put('StorageClass', undefined, 'local-path', { provisioner: 'rancher.io/local-path' });
  put('Pod', 'storage', `helper-pod-create-pvc-${claimUid}`, {
    spec: { containers: [{ name: 'helper', image: helper }] },
    status: waiting(
      'helper',
      'ErrImagePull',
      `failed to pull "${helper}": dial tcp 3.94.224.37:443: i/o timeout`,
    ),
  });
  put('ConfigMap', 'storage', 'local-path-config', {
    data: {
      'helperPod.yaml': `kind: Pod\nspec:\n  containers:\n    - name: helper\n      image: ${helper}\n`,
      secret,
    },
  });
  put('Secret', 'shop', 'quay', { data: { '.dockerconfigjson': secret } });
}

async function save(snapshot: Snapshot, name = 'snapshot.json.gz'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, gzipSync(JSON.stringify(snapshot)));
  return path;
}

/** Where an image stands in the text of a ConfigMap is told of the text as it was cut down. */
function withoutOffsets(problems: readonly PullProblem[]): readonly unknown[] {
  return problems.map((problem) => ({
    ...problem,
    spec: { ...problem.spec, usages: problem.spec.usages.map((usage) => ({ ...usage, within: undefined })) },
  }));
}

test('a snapshot is diagnosed as the cluster was, without it', async () => {
  fill();
  const live = await mender.diagnose(everywhere);
  expect(live.problems).toHaveLength(2);
  expect(live.problems.flatMap(({ status }) => status.chains ?? [])).toHaveLength(1);
  const path = await save(await mender.snapshot(everywhere, { hashNames: false }));
  await api.close();
  const again = await mender.diagnose({ type: 'snapshot', path, names: [] });
  expect(withoutOffsets(again.problems)).toEqual(withoutOffsets(live.problems));
  expect(again.chains).toEqual(live.chains);
  expect(again.cluster).toEqual(live.cluster);
  api = await startApiServer();
});

test('a Helm release keeps its name and status, not its data', async () => {
  const annotations = { 'helm.sh/hook': 'pre-install' };
  const job = put('Job', 'shop', 'billing-migrate', {
    metadata: { annotations, labels: { 'app.kubernetes.io/instance': 'billing' } },
    spec: { template: { spec: { containers: [{ name: 'app', image }] } } },
  });
  const { uid = '' } = job['metadata'] as JsonObject;
  const owner = { apiVersion: 'batch/v1', kind: 'Job', name: 'billing-migrate', uid, controller: true };
  put('Pod', 'shop', 'billing-migrate-1', {
    metadata: { ownerReferences: [owner] },
    spec: { containers: [{ name: 'app', image }] },
    status: waiting('app', 'ErrImagePull', message),
  });
  put('Secret', 'shop', 'sh.helm.release.v1.billing.v1', {
    metadata: { labels: { owner: 'helm', name: 'billing', status: 'pending-install', version: '1' } },
    data: { release: secret },
  });
  const live = await mender.diagnose(everywhere);
  expect(live.problems.flatMap(({ status }) => status.chains ?? [])).toHaveLength(1);
  for (const hashNames of [false, true]) {
    const snapshot = await mender.snapshot(everywhere, { hashNames });
    expect(JSON.stringify(snapshot)).not.toContain(secret);
    expect(JSON.stringify(snapshot).includes('billing')).toBe(!hashNames);
    const again = await mender.diagnose({ type: 'snapshot', path: await save(snapshot), names: [] });
    const [chain] = again.problems.flatMap(({ status }) => status.chains ?? []);
    expect(chain?.links.map(({ object }) => object.kind)).toEqual(['Release', 'Job', 'Pod']);
  }
});

test('finds a CSI driver by the folder of its socket', async () => {
  const says = 'driver name nfs.csi.k8s.io not found in the list of registered CSI drivers';
  const pod = put('Pod', 'shop', 'db-0', {
    spec: {
      nodeName: 'n1',
      containers: [{ name: 'db', image: 'postgres' }],
      volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }],
    },
    status: { phase: 'Pending' },
  });
  put('Event', 'shop', 'e1', {
    involvedObject: {
      kind: 'Pod',
      namespace: 'shop',
      name: 'db-0',
      uid: (pod['metadata'] as JsonObject).uid ?? '',
    },
    type: 'Warning',
    reason: 'FailedMount',
    message: says,
  });
  put('PersistentVolumeClaim', 'shop', 'data', { spec: {}, status: { phase: 'Bound' } });
  put('Pod', 'storage', 'nfs-node', {
    spec: {
      nodeName: 'n1',
      containers: [{ name: 'driver', image }],
      volumes: [{ name: 's', hostPath: { path: '/var/lib/kubelet/plugins/nfs.csi.k8s.io' } }],
    },
    status: waiting('driver', 'ErrImagePull', message),
  });
  const live = await mender.diagnose(everywhere);
  const path = await save(await mender.snapshot(everywhere, { hashNames: false }));
  const again = await mender.diagnose({ type: 'snapshot', path, names: [] });
  const chains = again.problems.flatMap(({ status }) => status.chains ?? []);
  expect(chains).toHaveLength(1);
  expect(chains).toEqual(live.problems.flatMap(({ status }) => status.chains ?? []));
});

const beta = 'storageclass.beta.kubernetes.io/is-default-class';

test('knows the default StorageClass by its old name too', async () => {
  fill();
  for (const name of ['a', 'b'])
    put('StorageClass', undefined, name, {
      metadata: { annotations: { [beta]: 'true' } },
      provisioner: 'example.org/x',
    });
  const path = await save(await mender.snapshot(everywhere, { hashNames: false }));
  const { findings } = await mender.diagnose({ type: 'snapshot', path, names: [] });
  expect(findings).toMatchObject([{ kind: 'several-default-storage-classes' }]);
});

test('StorageClasses that might not be listed are not none', async () => {
  fill();
  put('PersistentVolumeClaim', 'shop', 'data-db-0', { spec: {}, status: { phase: 'Pending' } });
  api.deny({ verb: 'list', resource: 'storageclasses' });
  const live = await mender.diagnose(everywhere);
  const snapshot = await mender.snapshot(everywhere, { hashNames: false });
  expect(snapshot.status.unreadable).toEqual(['StorageClass']);
  const again = await mender.diagnose({ type: 'snapshot', path: await save(snapshot), names: [] });
  expect([live.findings, again.findings]).toEqual([[], []]);
  expect(again.chains).toEqual(live.chains);
});

test('holds no secret and no pod that is well', async () => {
  fill();
  const snapshot = await mender.snapshot(everywhere, { hashNames: false });
  const text = JSON.stringify(snapshot);
  expect(text).not.toContain(secret);
  expect(text).not.toContain('last-applied');
  expect(snapshot.status.objects.map(({ kind }) => kind)).not.toContain('Secret');
  expect(text).not.toContain('"fine"');
});

test('names are replaced alike everywhere, and the causes stay', async () => {
  fill();
  const live = await mender.diagnose(everywhere);
  const snapshot = await mender.snapshot(everywhere, { hashNames: true });
  const text = JSON.stringify(snapshot);
  for (const name of ['shop', 'web-1', 'db-0', 'node1', 'corp.example', 'storage"', 'team']) {
    expect(text).not.toContain(name);
  }
  const { problems } = await mender.diagnose({ type: 'snapshot', path: await save(snapshot), names: [] });
  const seen = (list: readonly PullProblem[]): readonly unknown[] =>
    list
      .map(({ status }) => [
        status.diagnosis.class,
        status.diagnosis.mirrorHelps,
        status.pods,
        (status.chains ?? []).map(({ links }) => links.map(({ object }) => object.kind)),
      ])
      .toSorted((a, b) => String(a).localeCompare(String(b)));
  expect(seen(problems)).toEqual(seen(live.problems));
});

test('a namespace of its own', async () => {
  fill();
  const mine = { type: 'cluster', allNamespaces: false, namespace: 'shop', names: [] } as const;
  const live = await mender.diagnose(mine);
  for (const hashNames of [false, true]) {
    const path = await save(await mender.snapshot(mine, { hashNames }));
    const again = await mender.diagnose({ type: 'snapshot', path, names: [] });
    expect(again.problems.map(({ status }) => status.diagnosis.class).toSorted()).toEqual(
      live.problems.map(({ status }) => status.diagnosis.class).toSorted(),
    );
  }
});

describe('what is not a snapshot', () => {
  async function faultOf(bytes: string | Uint8Array): Promise<unknown> {
    const path = join(folder, 'given');
    await writeFile(path, bytes);
    return await mender.diagnose({ type: 'snapshot', path, names: [] }).catch((error: unknown) => error);
  }

  test.each([
    ['cut in half', '{"apiVersion":"pullmend.dev/v1alpha1","kind":"Snapshot","meta', 'damaged'],
    ['without its objects', '{"apiVersion":"pullmend.dev/v1alpha1","kind":"Snapshot"}', 'damaged'],
    ['of a newer version', '{"apiVersion":"pullmend.dev/v2","kind":"Snapshot","spec":[]}', 'newer'],
    ['another document', '{"kind":"Pod"}', 'not-a-snapshot'],
    ['a list', '[1]', 'not-a-snapshot'],
    ['nothing', '', 'not-a-snapshot'],
    ['binary', Uint8Array.from({ length: 4096 }, (_, i) => (i * 37) % 256), 'not-a-snapshot'],
    ['gzip cut in half', gzipSync('x'.repeat(100_000)).subarray(0, 60), 'damaged'],
  ])('%s', async (_, bytes, fault) => {
    expect(await faultOf(bytes)).toMatchObject({ code: 'PM_SNAPSHOT_INVALID', params: { fault } });
  });

  test('a gigabyte is refused before it is read', async () => {
    const path = join(folder, 'given');
    await writeFile(path, '');
    await truncate(path, 1024 ** 3);
    const error = await mender
      .diagnose({ type: 'snapshot', path, names: [] })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'PM_SNAPSHOT_INVALID', params: { fault: 'too-large' } });
  });

  test('so is what unpacks to too much', async () => {
    const packed = gzipSync(Buffer.alloc(257 * 1024 * 1024, ' '), { level: 1 });
    expect(await faultOf(packed)).toMatchObject({ params: { fault: 'too-large' } });
  }, 60_000);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startApiServer, writeKubeconfig, type ApiServer } from '../../../test/support/apiserver.ts';
import { stepTools } from '../../../test/support/step-tools.ts';
import { connectKube, type Kube } from '../../adapters/kube/index.ts';
import type { JsonObject, PatchStep, RecreateStep, Step } from '../../core/model/index.ts';
import { verify } from './index.ts';

let server: ApiServer;
let folder: string;
let kube: Kube;

beforeEach(async () => {
  server = await startApiServer();
  folder = await mkdtemp(join(tmpdir(), 'verify-'));
  kube = await connectKube({ kubeconfig: await writeKubeconfig(folder, server), env: {} });
});

afterEach(async () => {
  await kube.close();
  await server.close();
  await rm(folder, { recursive: true });
});

const expectation = {
  place: 'container',
  container: 'c',
  imageBefore: 'web:1',
  imageAfter: 'm/web:1',
} as const;
const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const step: PatchStep = {
  id: 's1',
  kind: 'patch',
  object: ref,
  needs: [],
  expect: [expectation],
  changes: [{ path: '/spec/template/spec/containers/0/image', before: 'web:1', after: 'm/web:1' }],
};

function deployment(image: string): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'shop', name: 'web', managedFields: [{ manager: 'argocd', time: '2026-01-02' }] },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'web' } },
      template: { spec: { containers: [{ name: 'c', image }] } },
    },
  };
}

function pod(image: string, state: JsonObject, imageID = '', more: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name: 'web-1', labels: { app: 'web' }, ...more },
    spec: { containers: [{ name: 'c', image }] },
    status: { phase: 'Pending', containerStatuses: [{ name: 'c', imageID, state }] },
  };
}

const unschedulable: JsonObject = {
  type: 'PodScheduled',
  status: 'False',
  reason: 'Unschedulable',
  message: "0/2 nodes are available: 1 node(s) didn't have free ports",
};

function uidOf(object: JsonObject | undefined): string {
  return String((object?.metadata as JsonObject | undefined)?.uid);
}

function ownedBy(owner: JsonObject | undefined, name: string): JsonObject {
  return { name, ownerReferences: [{ uid: uidOf(owner), controller: true }] };
}

/** A Deployment with a ReplicaSet for each image, and what each ReplicaSet has: pods by their state. */
function rollOut(
  replicas: number,
  sets: Readonly<Record<string, readonly (readonly [state: JsonObject, imageID?: string])[]>>,
  setStatus: JsonObject = {},
  template = 'm/web:1',
): void {
  const base = deployment(template);
  const [owner] = server.put({ ...base, spec: { ...(base.spec as JsonObject), replicas } });
  for (const [image, pods] of Object.entries(sets)) {
    const [set] = server.put({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { namespace: 'shop', labels: { app: 'web' }, ...ownedBy(owner, `web-${image.length}`) },
      spec: { replicas: pods.length, template: { spec: { containers: [{ name: 'c', image }] } } },
      status: image === template ? setStatus : {},
    });
    for (const [index, [state, imageID = '']] of pods.entries()) {
      const one = pod(image, state, imageID, ownedBy(set, `web-${image.length}-${index}`));
      const isPending = state === unschedulable;
      server.put(isPending ? { ...one, status: { phase: 'Pending', conditions: [unschedulable] } } : one);
    }
  }
}

async function verdictOf(one: Step, seconds = 0, holdSeconds = 0) {
  const [verdict] = await verify(
    [one],
    { timeoutSeconds: seconds, holdSeconds },
    {
      ...stepTools({
        api: kube,
        list: async (kind, where) => await kube.list(kind, where),
      }),
      onProgress: () => {},
      onVerdict: () => {},
    },
  );
  return verdict;
}

test('a running container with its image proves the step', async () => {
  rollOut(1, { 'm/web:1': [[{ running: {} }, 'm/web@sha256:1']] });
  expect(await verdictOf(step)).toMatchObject({ result: 'proved', proved: 1, expected: 1 });
});

test('a pull that still fails is told in the words of the kubelet', async () => {
  rollOut(1, { 'm/web:1': [[{ waiting: { reason: 'ErrImagePull', message: 'HTTP 500' } }]] });
  expect(await verdictOf(step)).toMatchObject({ result: 'failing', proved: 0, detail: 'HTTP 500' });
});

test('a field that somebody put back is noticed at once, with the name of who did', async () => {
  server.put(deployment('web:1'));
  const verdict = await verdictOf(step, 60);
  expect(verdict).toMatchObject({ result: 'reverted', reason: 'overwritten', by: 'argocd' });
});

test('an object created anew by somebody else, or gone, is a reverted one', async () => {
  const manifest = pod('m/web:1', {});
  const recreate: RecreateStep = {
    id: 's1',
    kind: 'recreate',
    object: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1' },
    needs: [],
    expect: [expectation],
    before: pod('web:1', {}),
    after: manifest,
  };
  server.put(pod('web:1', { waiting: { reason: 'ErrImagePull' } }));
  expect(await verdictOf(recreate, 60)).toMatchObject({ result: 'reverted', reason: 'created-anew' });
  server.remove('Pod', 'shop', 'web-1');
  expect(await verdictOf(recreate, 60)).toMatchObject({ result: 'reverted', reason: 'gone' });
});

test('no replica, no proof', async () => {
  server.put({
    ...deployment('m/web:1'),
    spec: { ...(deployment('m/web:1').spec as JsonObject), replicas: 0 },
  });
  expect(await verdictOf(step)).toMatchObject({ result: 'nothing-runs' });
});

test('a setting of a provisioner is proved by the claims that get their volume', async () => {
  const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data' };
  const setting = { ...step, claims: [claim] };
  const stored = (phase: string): JsonObject => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace: 'shop', name: 'data' },
    status: { phase },
  });
  server.put(deployment('m/web:1'), stored('Pending'));
  expect(await verdictOf(setting)).toMatchObject({ result: 'failing', proved: 0, expected: 1 });
  server.put(stored('Bound'));
  expect(await verdictOf(setting)).toMatchObject({ result: 'proved', proved: 1 });
});

test('pods of others that the selector fits prove nothing', async () => {
  rollOut(1, { 'm/web:1': [] });
  server.put(pod('m/web:1', { running: {} }, 'm/web@sha256:1', ownedBy(deploymentOf('back'), 'back-1')));
  expect(await verdictOf(step)).toMatchObject({ result: 'failing', proved: 0 });
});

function deploymentOf(name: string): JsonObject | undefined {
  const base = deployment('m/web:1');
  return server.put({ ...base, metadata: { namespace: 'shop', name } })[0];
}

test('a pod without a place is told in the words of the scheduler and does not undo the others', async () => {
  rollOut(2, { 'm/web:1': [[{ running: {} }, 'm/web@sha256:1'], [unschedulable]] });
  expect(await verdictOf(step)).toMatchObject({
    result: 'proved',
    proved: 1,
    expected: 2,
    others: [expect.stringContaining('free ports')],
  });
});

test('where no pod has a place nothing is proved', async () => {
  rollOut(1, { 'm/web:1': [[unschedulable]] });
  expect(await verdictOf(step)).toMatchObject({
    result: 'failing',
    reason: 'blocked-otherwise',
    detail: expect.stringContaining('free ports'),
  });
});

test('what refuses new pods is told in its words, and old pods stay: they could not be made again', async () => {
  const message = 'pods "web-x" is forbidden: violates PodSecurity "restricted:latest"';
  const status = { conditions: [{ type: 'ReplicaFailure', status: 'True', message }] };
  rollOut(1, { 'web:1': [[{ waiting: { reason: 'ImagePullBackOff' } }]], 'm/web:1': [] }, status);
  expect(await verdictOf(step, 10)).toMatchObject({ result: 'failing', proved: 0, detail: message });
  expect(server.get('ReplicaSet', 'shop', 'web-5')).toMatchObject({ spec: { replicas: 1 } });
});

test('pods that never ran make room for the new ones', async () => {
  const message = 'pods "web-x" is forbidden: exceeded quota: two-pods';
  const status = { conditions: [{ type: 'ReplicaFailure', status: 'True', message }] };
  const waiting = { waiting: { reason: 'ImagePullBackOff', message: 'no such host' } };
  rollOut(2, { 'web:1': [[waiting], [waiting]], 'm/web:1': [] }, status);
  await verdictOf(step, 5);
  expect(server.get('ReplicaSet', 'shop', 'web-5')).toMatchObject({ spec: { replicas: 0 } });
});

test('another content under the new name is no proof', async () => {
  const planned = `sha256:${'1'.repeat(64)}`;
  const got = `sha256:${'2'.repeat(64)}`;
  const image = 'harbor.corp/web:1';
  rollOut(1, { [image]: [[{ running: {} }, `harbor.corp/web@${got}`]] }, {}, image);
  const verdict = await verdictOf(
    {
      ...step,
      expect: [{ ...expectation, imageAfter: image, digests: [planned] }],
      changes: [{ path: '/spec/template/spec/containers/0/image', before: 'web:1', after: image }],
    },
    60,
  );
  expect(verdict).toMatchObject({ result: 'failing', reason: 'other-image', detail: got });
});

test('what a program may write over is watched until its next turn', async () => {
  rollOut(1, { 'm/web:1': [[{ running: {} }, 'm/web@sha256:1']] });
  const found = verdictOf({ ...step, mayRevert: 'installer' }, 60, 30);
  await vi.waitFor(() => expect(looks()).toBeGreaterThan(1), { timeout: 5000 });
  server.put(deployment('web:1'));
  expect(await found).toMatchObject({ result: 'reverted', by: 'argocd' });
});

function looks(): number {
  return server.requests.filter(({ path }) => path.endsWith('/deployments/web')).length;
}

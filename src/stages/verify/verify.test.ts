import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startApiServer, writeKubeconfig, type ApiServer } from '../../../test/support/apiserver.ts';
import { stepTools } from '../../../test/support/step-tools.ts';
import { connectKube, type Kube } from '../../adapters/kube/index.ts';
import type { JsonObject, PatchStep, RecreateStep, Step } from '../../core/model/index.ts';
import type { PodObject } from '../../steps/index.ts';
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

function pod(image: string, state: JsonObject, imageID = ''): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name: 'web-1', labels: { app: 'web' } },
    spec: { containers: [{ name: 'c', image }] },
    status: { phase: 'Pending', containerStatuses: [{ name: 'c', imageID, state }] },
  };
}

async function verdictOf(one: Step, seconds = 0) {
  const [verdict] = await verify([one], seconds, {
    ...stepTools({
      api: kube,
      pods: async (namespace, labelSelector) =>
        (await kube.list('Pod', { namespace, labelSelector })) as readonly PodObject[],
    }),
    onProgress: () => {},
    onVerdict: () => {},
  });
  return verdict;
}

test('a running container with its image proves the step', async () => {
  server.put(deployment('m/web:1'), pod('m/web:1', { running: {} }, 'm/web@sha256:1'));
  expect(await verdictOf(step)).toMatchObject({ result: 'proved', proved: 1, expected: 1 });
});

test('a pull that still fails is told in the words of the kubelet', async () => {
  server.put(
    deployment('m/web:1'),
    pod('m/web:1', { waiting: { reason: 'ErrImagePull', message: 'HTTP 500' } }),
  );
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

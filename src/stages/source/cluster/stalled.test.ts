import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startApiServer, writeKubeconfig, type ApiServer } from '../../../../test/support/apiserver.ts';
import { connectKube, type Kube } from '../../../adapters/kube/index.ts';
import { classify } from '../../../core/knowledge/failures/index.ts';
import { digText } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject, PullFailure } from '../../../core/model/index.ts';
import { fromCluster } from './from-cluster.ts';

let folder: string;
let api: ApiServer;
let kube: Kube;
let pod: JsonObject;
const image = 'quay.io/acme/app:1';
const began = Date.now() + 60_000;

function minutesOn(minutes: number): Date {
  return new Date(began + minutes * 60_000);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-stalled-'));
  api = await startApiServer();
  kube = await connectKube({ kubeconfig: await writeKubeconfig(folder, api), env: {} });
  const waiting = { reason: 'ContainerCreating' };
  [pod = {}] = api.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name: 'web' },
    spec: { nodeName: 'n1', containers: [{ name: 'app', image }] },
    status: { phase: 'Pending', containerStatuses: [{ name: 'app', state: { waiting } }] },
  });
});

afterEach(async () => {
  await kube.close();
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

function event(reason: string, message: string, minutes: number): void {
  api.put({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { namespace: 'shop', name: `${reason}-${minutes}` },
    involvedObject: {
      kind: 'Pod',
      namespace: 'shop',
      name: 'web',
      uid: digText(pod, 'metadata', 'uid') ?? '',
      fieldPath: 'spec.containers{app}',
    },
    reason,
    message,
    lastTimestamp: minutesOn(minutes).toISOString(),
  });
}

async function failuresAt(minutes: number): Promise<readonly PullFailure[]> {
  return (await fromCluster(kube, { names: [], now: minutesOn(minutes) })).failures;
}

const pulling = `Pulling image "${image}"`;

test('a pull that began long ago, and nothing since', async () => {
  event('Pulling', pulling, 0);
  expect(await failuresAt(14)).toEqual([]);
  const failures = await failuresAt(16);
  expect(failures).toMatchObject([
    { container: 'app', image, reason: 'ContainerCreating', message: pulling, source: 'event', node: 'n1' },
  ]);
  expect(failures.map(classify)).toMatchObject([
    { class: 'pull-stalled', confidence: 'likely', mirrorHelps: 'maybe' },
  ]);
});

test('a pull that ended, or began again a moment ago, is none', async () => {
  event('Pulling', pulling, 0);
  event('Pulled', `Successfully pulled image "${image}"`, 1);
  expect(await failuresAt(60)).toEqual([]);
  event('Pulling', pulling, 50);
  expect(await failuresAt(60)).toEqual([]);
});

test('a pod that waits for something else costs one request and says nothing', async () => {
  event('FailedMount', 'MountVolume.SetUp failed', 0);
  expect(await failuresAt(60)).toEqual([]);
});

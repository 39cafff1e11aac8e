import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startApiServer, writeKubeconfig, type ApiServer } from '../../../../test/support/apiserver.ts';
import { connectKube, type Kube } from '../../../adapters/kube/index.ts';
import { refuseEmptyScope } from './empty-scope.ts';

let folder: string;
let api: ApiServer;
let kube: Kube;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-scope-'));
  api = await startApiServer();
  kube = await connectKube({ kubeconfig: await writeKubeconfig(folder, api), env: {} });
  await kube.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
});

afterEach(async () => {
  await kube.close();
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

test('a namespace that does not exist is an error, with the nearest one', async () => {
  await expect(refuseEmptyScope(kube, { namespace: 'shpo' })).rejects.toMatchObject({
    code: 'PM_NO_NAMESPACE',
    params: { nearest: 'shop' },
  });
});

test('a selector that finds nothing is an error', async () => {
  const scope = { namespace: 'shop', selector: 'app=wbe' };
  await expect(refuseEmptyScope(kube, scope)).rejects.toMatchObject({ code: 'PM_NOTHING_SELECTED' });
});

test('an empty namespace is none', async () => {
  await expect(refuseEmptyScope(kube, { namespace: 'shop' })).resolves.toBeUndefined();
});

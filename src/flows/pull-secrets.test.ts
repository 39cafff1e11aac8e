import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApiServer, writeKubeconfig, type ApiServer } from '../../test/support/apiserver.ts';
import { connectKube, type Kube } from '../adapters/kube/index.ts';
import { diagnose } from '../stages/diagnose/index.ts';
import { fromCluster } from '../stages/source/index.ts';

let folder: string;
let api: ApiServer;
let kube: Kube;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-secrets-'));
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

const refused = 'failed to resolve reference: pull access denied, insufficient_scope: authorization failed';

function putPod(image: string, secrets: readonly string[], message = refused): void {
  api.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name: 'web' },
    spec: {
      nodeName: 'n1',
      imagePullSecrets: secrets.map((name) => ({ name })),
      containers: [{ name: 'app', image }],
    },
    status: {
      phase: 'Pending',
      containerStatuses: [{ name: 'app', state: { waiting: { reason: 'ErrImagePull', message } } }],
    },
  });
}

const password = 'v3ry-s3cret-w0rd';

function putSecret(
  name: string,
  auths: Readonly<Record<string, object>>,
  { namespace = 'shop', type = 'kubernetes.io/dockerconfigjson' } = {},
): void {
  const content = Buffer.from(JSON.stringify({ auths })).toString('base64');
  api.put({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace, name },
    type,
    data: { '.dockerconfigjson': content },
  });
}

const login = { username: 'rob', password };

async function read() {
  const inventory = await fromCluster(kube, { names: [] });
  expect(JSON.stringify(inventory)).not.toContain(password);
  const [problem] = diagnose(inventory);
  const { diagnosis, pullSecrets = [] } = problem?.status ?? {};
  return {
    cause: [diagnosis?.class, diagnosis?.variant],
    secrets: pullSecrets.map((fact) => ({ ...fact, image: undefined })),
  };
}

const image = 'harbor.corp/private/web:1';

describe('a Secret that the pods name', () => {
  const fact = { namespace: 'shop', name: 'reg', isNamed: true, hosts: [], elsewhere: [] };

  test('has a login for this host, which was refused', async () => {
    putSecret('reg', { 'harbor.corp': { auth: Buffer.from(`rob:${password}`).toString('base64') } });
    putPod(image, ['reg']);
    const { cause, secrets } = await read();
    expect(secrets).toMatchObject([{ ...fact, state: 'fits', user: 'rob', hosts: ['harbor.corp'] }]);
    expect(cause).toEqual(['unauthorized', 'credentials-refused']);
  });

  test('of a public image: the login is out of date', async () => {
    putSecret('reg', { 'https://index.docker.io/v1/': login });
    putPod('nginx:1.25', ['reg']);
    expect((await read()).cause).toEqual(['unauthorized', 'stale-credentials']);
  });

  test.each([
    ['one other host', { 'quay.acme.io': login }],
    ['two other hosts', { 'quay.acme.io': login, 'harbor.corp:8443': login }],
    ['another project of this host', { 'harbor.corp/public': login }],
  ])('is for %s', async (_, auths) => {
    putSecret('reg', auths);
    putPod(image, ['reg']);
    const { cause, secrets } = await read();
    expect(secrets).toMatchObject([{ ...fact, state: 'other-hosts', hosts: Object.keys(auths) }]);
    expect(cause).toEqual(['unauthorized', 'no-credentials']);
  });

  test.each([
    ['no password', { username: 'rob' }],
    ['a variable of the shell in place of the password', { auth: Buffer.from('rob:').toString('base64') }],
  ])('with %s', async (_, entry) => {
    putSecret('reg', { 'harbor.corp': entry });
    putPod(image, ['reg']);
    expect((await read()).secrets).toMatchObject([{ state: 'incomplete', user: 'rob' }]);
  });

  test('does not exist here, but in other namespaces', async () => {
    putSecret('reg', { 'harbor.corp': login }, { namespace: 'prod' });
    putSecret('reg', { 'harbor.corp': login }, { namespace: 'dev' });
    putPod(image, ['reg']);
    const { cause, secrets } = await read();
    expect(secrets).toMatchObject([{ ...fact, state: 'missing', elsewhere: ['dev', 'prod'] }]);
    expect(cause[0]).toBe('pull-secret-missing');
  });

  test('is of a type that the kubelet passes over', async () => {
    putSecret('reg', { 'harbor.corp': login }, { type: 'Opaque' });
    putPod(image, ['reg']);
    expect((await read()).secrets).toMatchObject([{ state: 'wrong-type', type: 'Opaque' }]);
  });

  test('may not be read', async () => {
    api.deny({ resource: 'secrets' });
    putPod(image, ['reg']);
    const { cause, secrets } = await read();
    expect(secrets).toMatchObject([{ ...fact, state: 'unreadable' }]);
    expect(cause).toEqual(['unauthorized', undefined]);
  });
});

test('a Secret that would do and that nobody names', async () => {
  putSecret('harbor', { '*.corp': login });
  putSecret('other', { 'quay.io': login });
  putPod(image, []);
  const { cause, secrets } = await read();
  expect(secrets).toMatchObject([{ name: 'harbor', isNamed: false, state: 'fits', user: 'rob' }]);
  expect(cause).toEqual(['unauthorized', 'no-credentials']);
});

test('Secrets are not asked for where a pull failed for another reason', async () => {
  putPod(image, ['reg'], 'dial tcp: lookup harbor.corp: no such host');
  await read();
  expect(api.requests.filter(({ path }) => path.includes('/secrets'))).toEqual([]);
});

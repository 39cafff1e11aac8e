import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  startApiServer,
  writeKubeconfig,
  type ApiServer,
  type ApiServerOptions,
} from '../../../test/support/apiserver.ts';
import { createAuthority } from '../../../test/support/authority.ts';
import { isError } from '../../core/base/index.ts';
import { digText } from '../../core/knowledge/pods/index.ts';
import type { JsonObject, ObjectRef } from '../../core/model/index.ts';
import { connectKube, type ConnectOptions, type Kube } from './index.ts';

let folder: string;
const open: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-kube-'));
});

afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(
  options: ApiServerOptions = {},
  connect: ConnectOptions = {},
): Promise<{ api: ApiServer; kube: Kube }> {
  const api = await startApiServer(options);
  open.push(api);
  const kubeconfig = await writeKubeconfig(folder, api, { token: 'secret-token', namespace: 'shop' });
  const kube = await connectKube({ kubeconfig, env: {}, ...connect });
  open.push(kube);
  return { api, kube };
}

function pod(name: string, more: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name, ...more },
    spec: { containers: [{ name: 'c', image: 'nginx' }] },
  };
}

const web: ObjectRef = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web' };

describe('connecting', () => {
  test('says who it is and sends credentials and impersonation', async () => {
    const { api, kube } = await start({ token: 'secret-token' }, { as: 'ann', asGroups: ['dev', 'ops'] });
    expect(kube.identity).toEqual({ context: 'stub', server: api.url, version: 'v1.33.1' });
    expect(kube.namespace).toBe('shop');
    expect(api.requests[0]?.headers).toMatchObject({
      'impersonate-user': 'ann',
      'impersonate-group': 'dev, ops',
    });
  });

  test('bad credentials are taken anew once, then refused', async () => {
    const api = await startApiServer({ token: 'another' });
    open.push(api);
    const kubeconfig = await writeKubeconfig(folder, api, { token: 'secret-token' });
    const error = await connectKube({ kubeconfig, env: {} }).catch((thrown: unknown) => thrown);
    expect(isError(error, 'PM_UNAUTHORIZED') && error.params).toEqual({ server: api.url, context: 'stub' });
    expect(api.requests).toHaveLength(2);
    expect(JSON.stringify(error)).not.toContain('secret-token');
  });

  test('a dead server is unreachable', async () => {
    const api = await startApiServer();
    const kubeconfig = await writeKubeconfig(folder, api);
    await api.close();
    const error = await connectKube({ kubeconfig, env: {} }).catch((thrown: unknown) => thrown);
    expect(isError(error, 'PM_API_UNREACHABLE') && error.params.reason).toBe(
      'connection refused (ECONNREFUSED)',
    );
  });

  test('a server that is no API server is told', async () => {
    const api = await startApiServer();
    open.push(api);
    api.intercept(() => ({ status: 200, body: '<html>Welcome</html>' }));
    const kubeconfig = await writeKubeconfig(folder, api);
    await expect(connectKube({ kubeconfig, env: {} })).rejects.toMatchObject({
      code: 'PM_API_ERROR',
      params: { status: 200, message: 'a web page, not the Kubernetes API' },
    });
  });

  test('TLS: the authority of the kubeconfig is trusted, any other is not', async () => {
    const authority = await createAuthority('stub');
    const api = await startApiServer({ tls: await authority.issue('stub.example') });
    open.push(api);
    const other = (await createAuthority('other')).certificate;
    const unknown = { kubeconfig: await writeKubeconfig(folder, api, { ca: other }), env: {} };
    await expect(connectKube(unknown)).rejects.toMatchObject({
      code: 'PM_API_TLS',
      params: { server: api.url },
    });
    const right = { ca: authority.certificate };
    // Trusted, but the certificate is not for 127.0.0.1.
    const wrongName = { kubeconfig: await writeKubeconfig(folder, api, right), env: {} };
    await expect(connectKube(wrongName)).rejects.toMatchObject({
      code: 'PM_API_TLS',
      params: { reason: 'its certificate is for another name (ERR_TLS_CERT_ALTNAME_INVALID)' },
    });
    const kubeconfig = await writeKubeconfig(folder, api, { ...right, tlsServerName: 'stub.example' });
    const kube = await connectKube({ kubeconfig, env: {} });
    open.push(kube);
    expect(kube.identity.version).toBe('v1.33.1');
  });

  test('a server that never answers is given up', async () => {
    const { kube, api } = await start({}, { requestTimeoutSeconds: 1 });
    let release = () => {};
    api.onWrite(() => new Promise<void>((resolve) => void (release = resolve)));
    await expect(kube.create(pod('web'))).rejects.toMatchObject({
      code: 'PM_API_UNREACHABLE',
      params: { reason: 'no answer in time' },
    });
    release();
  });
});

describe('objects', () => {
  test('create, read, replace, delete', async () => {
    const { api, kube } = await start();
    const created = await kube.create(pod('web'));
    expect(created).toMatchObject({ metadata: { name: 'web', generation: 1 } });
    await kube.replace({ ...created, metadata: { ...(created.metadata as JsonObject), labels: { a: 'b' } } });
    await expect(kube.replace(created)).rejects.toMatchObject({
      code: 'PM_CONFLICT',
      params: { reason: 'Conflict' },
    });
    expect(await kube.get(web)).toMatchObject({ metadata: { labels: { a: 'b' } } });
    await expect(kube.create(pod('web'))).rejects.toMatchObject({
      code: 'PM_CONFLICT',
      params: { reason: 'AlreadyExists' },
    });
    await kube.delete(web);
    expect(api.all('Pod')).toEqual([]);
    await expect(kube.get(web)).rejects.toMatchObject({
      code: 'PM_NOT_FOUND',
      params: { object: 'Pod/shop/web' },
    });
    expect(await kube.find(web)).toBeUndefined();
  });

  test('a patch whose test fails is a conflict, one that is not allowed is not', async () => {
    const { api, kube } = await start();
    api.put(pod('web'));
    const path = '/spec/containers/0/image';
    const patched = await kube.patch(web, [
      { op: 'test', path, value: 'nginx' },
      { op: 'replace', path, value: 'nginx:2' },
    ]);
    expect(patched).toMatchObject({
      metadata: { generation: 2 },
      spec: { containers: [{ image: 'nginx:2' }] },
    });
    expect(api.requests.at(-1)?.query.get('fieldManager')).toBe('pullmend');
    await expect(
      kube.patch(web, [
        { op: 'test', path, value: 'nginx' },
        { op: 'replace', path, value: 'nginx:3' },
      ]),
    ).rejects.toMatchObject({ code: 'PM_CONFLICT', params: { reason: 'TestFailed' } });
    await expect(
      kube.patch(web, [
        { op: 'test', path, value: 'nginx:2' },
        { op: 'add', path: '/spec/containers/0/imagePullPolicy', value: 'Never' },
      ]),
    ).rejects.toMatchObject({ code: 'PM_API_ERROR', params: { status: 422 } });
    expect(api.get('Pod', 'shop', 'web')).toMatchObject({ spec: { containers: [{ image: 'nginx:2' }] } });
  });

  test('dry-run changes nothing', async () => {
    const { api, kube } = await start();
    api.put(pod('web'));
    const before = api.get('Pod', 'shop', 'web');
    const options = { dryRun: true };
    const operations = [{ op: 'replace' as const, path: '/spec/containers/0/image', value: 'x' }];
    expect(await kube.patch(web, operations, options)).toMatchObject({
      spec: { containers: [{ image: 'x' }] },
    });
    await kube.delete(web, options);
    await kube.create(pod('other'), options);
    expect(api.all('Pod')).toEqual([before]);
  });

  test('delete keeps to its preconditions', async () => {
    const { api, kube } = await start();
    api.put(pod('web'));
    await expect(kube.delete(web, { uid: 'of-another' })).rejects.toMatchObject({ code: 'PM_CONFLICT' });
    const resourceVersion = digText(await kube.get(web), 'metadata', 'resourceVersion') ?? '';
    await kube.delete(web, { resourceVersion, gracePeriodSeconds: 0 });
    expect(api.all('Pod')).toEqual([]);
    expect(api.requests.at(-1)?.body).toMatchObject({
      propagationPolicy: 'Background',
      gracePeriodSeconds: 0,
    });
  });
});

describe('access', () => {
  test('a denial names what is missing and how to grant it', async () => {
    const { api, kube } = await start();
    api.deny({ verb: 'patch', resource: 'deployments', namespace: 'shop' });
    const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
    const error = await kube.patch(ref, []).catch((thrown: unknown) => thrown);
    if (!isError(error, 'PM_FORBIDDEN')) throw error;
    expect(error.params).toEqual({
      verb: 'patch',
      resource: 'deployments.apps',
      namespace: 'shop',
      user: 'tester',
    });
    expect(error.text('en').do).toBe(
      [
        'ask an administrator to run:',
        'kubectl create clusterrole pullmend-patch-deployments-apps --verb=patch --resource=deployments.apps --dry-run=client -o yaml | kubectl apply -f -',
        'kubectl create rolebinding -n shop pullmend-patch-deployments-apps --clusterrole=pullmend-patch-deployments-apps --user=tester --dry-run=client -o yaml | kubectl apply -f -',
      ].join('\n'),
    );
    expect(await kube.can({ verb: 'patch', resource: 'deployments.apps', namespace: 'shop' })).toBe(false);
    expect(await kube.can({ verb: 'patch', resource: 'deployments.apps', namespace: 'other' })).toBe(true);
    expect(api.requests.at(-1)?.body).toMatchObject({
      spec: {
        resourceAttributes: { verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'other' },
      },
    });
  });

  test('what admission refuses is not a missing permission', async () => {
    const { api, kube } = await start();
    const message = 'pods "web" is forbidden: violates PodSecurity "restricted:latest"';
    api.intercept(({ method }) =>
      method === 'POST' ? { status: 403, body: { kind: 'Status', reason: 'Forbidden', message } } : undefined,
    );
    await expect(kube.create(pod('web'))).rejects.toMatchObject({
      code: 'PM_ADMISSION_DENIED',
      params: { message },
    });
  });
});

describe('lists', () => {
  test('come in pages, with selectors, and every object says what it is', async () => {
    const { api, kube } = await start();
    api.put(
      ...['a', 'b', 'c', 'd', 'e'].map((name) => pod(name, { labels: { app: name < 'd' ? 'x' : 'y' } })),
    );
    const sizes: number[] = [];
    for await (const page of kube.pages('Pod', { limit: 2 })) sizes.push(page.length);
    expect(sizes).toEqual([2, 2, 1]);
    const some = await kube.list('Pod', {
      namespace: 'shop',
      labelSelector: 'app=y',
      fieldSelector: 'metadata.name!=d',
    });
    expect(some).toMatchObject([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'e' } }]);
  });

  test('start over once when they expire, and give nothing twice', async () => {
    const { api, kube } = await start();
    api.put(...['a', 'b', 'c', 'd'].map((name) => pod(name)));
    let expired = 0;
    api.intercept(({ query }) =>
      query.has('continue') && expired++ === 0
        ? { status: 410, body: { kind: 'Status', reason: 'Expired', message: 'too old' } }
        : undefined,
    );
    const names: unknown[] = [];
    for await (const page of kube.pages('Pod', { limit: 2 }))
      names.push(...page.map((each) => digText(each, 'metadata', 'name')));
    expect(names).toEqual(['a', 'b', 'c', 'd']);
  });

  test('end with an error when they expire again', async () => {
    const { api, kube } = await start();
    api.put(...['a', 'b', 'c'].map((name) => pod(name)));
    api.intercept(({ query }) =>
      query.has('continue')
        ? { status: 410, body: { kind: 'Status', reason: 'Expired', message: 'too old' } }
        : undefined,
    );
    await expect(kube.list('Pod', { limit: 1 })).rejects.toMatchObject({
      code: 'PM_API_ERROR',
      params: { status: 410 },
    });
  });

  test('are unpacked when the server compresses them', async () => {
    const { api, kube } = await start();
    api.put(pod('big', { annotations: { text: 'x'.repeat(200_000) } }));
    expect(await kube.list('Pod')).toHaveLength(1);
  });

  test('CronJobs are found where an old cluster has them', async () => {
    const { api, kube } = await start({ cronJobs: 'batch/v1beta1', version: 'v1.19.16' });
    api.put({
      apiVersion: 'batch/v1beta1',
      kind: 'CronJob',
      metadata: { namespace: 'shop', name: 'c' },
      spec: {},
    });
    expect(await kube.servedVersion('CronJob')).toBe('batch/v1beta1');
    expect(await kube.list('CronJob')).toMatchObject([
      { apiVersion: 'batch/v1beta1', metadata: { name: 'c' } },
    ]);
  });
});

describe('trouble on the way', () => {
  test('429 is waited out as the server asks', async () => {
    const { api, kube } = await start();
    let refused = 0;
    api.intercept(() =>
      refused++ < 2
        ? { status: 429, headers: { 'retry-after': '0' }, body: { kind: 'Status', message: 'slow down' } }
        : undefined,
    );
    await kube.create(pod('web'));
    expect(api.all('Pod')).toHaveLength(1);
    refused = -10;
    await expect(kube.get(web)).rejects.toMatchObject({ code: 'PM_API_ERROR', params: { status: 429 } });
  });

  test('reads are sent again after a cut connection, writes are not', async () => {
    const { api, kube } = await start();
    api.put(pod('web'));
    let cuts = 2;
    api.intercept(() => (cuts-- > 0 ? 'reset' : undefined));
    expect(await kube.get(web)).toMatchObject({ metadata: { name: 'web' } });
    cuts = 1;
    const sent = api.requests.length;
    await expect(kube.delete(web)).rejects.toMatchObject({ code: 'PM_API_UNREACHABLE' });
    expect(api.requests).toHaveLength(sent + 1);
    expect(api.all('Pod')).toHaveLength(1);
  });

  test('an aborted list ends with the reason of the abort', async () => {
    const { api, kube } = await start();
    api.put(pod('web'));
    const reason = new Error('enough');
    await expect(kube.list('Pod', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

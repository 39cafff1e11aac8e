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
import type { KindInfo } from '../../core/knowledge/pods/index.ts';
import type { ObjectRef } from '../../core/model/index.ts';
import { connectKube, type Kube } from './index.ts';

const cloneSet: KindInfo = {
  kind: 'CloneSet',
  apiVersions: ['apps.kruise.io/v1alpha1', 'apps.kruise.io/v1beta1'],
  plural: 'clonesets',
  names: ['cloneset', 'clone'],
  namespaced: true,
};
const kruise: KindInfo = { ...cloneSet, kind: 'StatefulSet', plural: 'statefulsets', names: ['statefulset'] };
const cluster: KindInfo = {
  kind: 'Widget',
  apiVersions: ['example.com/v1'],
  plural: 'widgets',
  names: ['widget'],
  namespaced: false,
};
const web: ObjectRef = {
  apiVersion: 'apps.kruise.io/v1alpha1',
  kind: 'CloneSet',
  namespace: 'shop',
  name: 'web',
};

let folder: string;
let api: ApiServer;
let kube: Kube;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-discovery-'));
});

afterEach(async () => {
  await kube.close();
  await api.close();
  await rm(folder, { recursive: true });
});

async function start(options: ApiServerOptions = {}): Promise<void> {
  api = await startApiServer({ kinds: [cloneSet, kruise, cluster], ...options });
  kube = await connectKube({ kubeconfig: await writeKubeconfig(folder, api), env: {} });
}

function asked(): readonly string[] {
  return api.requests.map(({ method, path }) => `${method} ${path}`).slice(1);
}

describe('objects of kinds that only this server knows', () => {
  test('are created, read, patched, listed and deleted; discovery is asked once', async () => {
    await start();
    await kube.create({
      apiVersion: web.apiVersion,
      kind: 'CloneSet',
      metadata: { namespace: 'shop', name: 'web' },
      spec: { image: 'a' },
    });
    await kube.patch(web, [{ op: 'replace', path: '/spec/image', value: 'b' }]);
    expect(await kube.get(web)).toMatchObject({ spec: { image: 'b' } });
    const info = await kube.kindInfo('CloneSet', web.apiVersion);
    expect(await kube.list(info, { namespace: 'shop' })).toMatchObject([{ kind: 'CloneSet' }]);
    await kube.delete(web);
    expect(api.all('CloneSet')).toEqual([]);
    expect(asked().filter((path) => path === 'GET /apis/apps.kruise.io/v1alpha1')).toHaveLength(1);
    expect(asked()).toContain('POST /apis/apps.kruise.io/v1alpha1/namespaces/shop/clonesets');
  });

  test('a kind of the cluster has no namespace in its path, and one of the same name in another group is another', async () => {
    await start();
    api.put({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'one' } });
    await kube.get({ apiVersion: 'example.com/v1', kind: 'Widget', namespace: 'shop', name: 'one' });
    expect(asked().at(-1)).toBe('GET /apis/example.com/v1/widgets/one');
    await kube.find({ apiVersion: 'apps.kruise.io/v1beta1', kind: 'StatefulSet', namespace: 'a', name: 'b' });
    expect(asked().at(-1)).toBe('GET /apis/apps.kruise.io/v1beta1/namespaces/a/statefulsets/b');
  });

  test('a refusal names them as RBAC does', async () => {
    await start();
    api.deny({ verb: 'delete', resource: 'clonesets' });
    await expect(kube.delete(web)).rejects.toMatchObject({
      code: 'PM_FORBIDDEN',
      params: { resource: 'clonesets.apps.kruise.io', namespace: 'shop' },
    });
  });

  test('only what the server does not serve is unknown', async () => {
    await start();
    const other = { ...web, apiVersion: 'apps.kruise.io/v1' };
    await expect(kube.get(other)).rejects.toMatchObject({ code: 'PM_UNKNOWN_KIND' });
    await expect(kube.kindInfo('Nothing')).rejects.toMatchObject({ code: 'PM_UNKNOWN_KIND' });
    api.script({ path: /^\/apis\/nowhere/, reply: { status: 500, body: 'down' } });
    const failing = { ...web, apiVersion: 'nowhere.io/v1' };
    await expect(kube.get(failing)).rejects.toMatchObject({ code: 'PM_API_ERROR' });
    await expect(kube.get(failing)).rejects.toMatchObject({ code: 'PM_UNKNOWN_KIND' });
  });
});

describe('everything that is served', () => {
  test.for(['v2', 'v2beta1', 'none'] as const)('is known from %s discovery', async (aggregated) => {
    await start({ aggregated });
    const kinds = await kube.servedKinds();
    expect(kinds.find(({ kind }) => kind === 'CloneSet')).toEqual(cloneSet);
    expect(kinds.find(({ kind }) => kind === 'Widget')).toEqual(cluster);
    expect(kinds.find(({ kind }) => kind === 'Deployment')?.podSpecPath).toBe('/spec/template/spec');
    expect(await kube.kindInfo('CloneSet')).toEqual(cloneSet);
    expect(await kube.servedVersion('Widget')).toBe('example.com/v1');
    const once = api.requests.length;
    await kube.servedKinds();
    expect(api.requests).toHaveLength(once);
    expect(once).toBeLessThan(aggregated === 'none' ? 20 : 5);
  });

  test('a group whose own server is down hides only its own kinds', async () => {
    await start({ aggregated: 'none' });
    api.script({
      path: /^\/apis\/example.com\/v1$/,
      times: 9,
      reply: { status: 503, body: 'service unavailable' },
    });
    const kinds = (await kube.servedKinds()).map(({ kind }) => kind);
    expect(kinds).toContain('CloneSet');
    expect(kinds).not.toContain('Widget');
  });
});

describe('who works', () => {
  test.for(['v1', 'v1beta1', 'v1alpha1'] as const)('is what the server says in %s', async (selfReviews) => {
    await start({ selfReviews });
    expect(await kube.whoAmI()).toEqual({
      user: 'system:serviceaccount:shop:tester',
      host: expect.stringMatching(/./),
    });
    await kube.whoAmI();
    expect(asked().filter((path) => path.endsWith('selfsubjectreviews')).length).toBeLessThan(4);
  });

  test('is the user of the kubeconfig where the server does not say', async () => {
    await start({ selfReviews: 'none' });
    api.intercept(({ path }) =>
      path.includes('/v1beta1/selfsubjectreviews')
        ? {
            status: 403,
            body: {
              kind: 'Status',
              message:
                'selfsubjectreviews is forbidden: User "x" cannot create resource "selfsubjectreviews"',
            },
          }
        : undefined,
    );
    expect((await kube.whoAmI()).user).toBe('tester');
  });
});

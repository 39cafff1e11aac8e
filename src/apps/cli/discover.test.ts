import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApiServer, writeKubeconfig, type ApiServer } from '../../../test/support/apiserver.ts';
import { startFaultyRegistry, type FaultyRegistry } from '../../../test/support/faulty.ts';
import { makeImage, pushToStore } from '../../../test/support/images.ts';
import { parseMirrorSet } from '../../core/knowledge/mirrors/index.ts';
import type { JsonObject } from '../../core/model/index.ts';
import { createMender } from '../../flows/index.ts';
import { noMirrors } from './testing/shop.ts';
import { runIn, type WorldOptions } from './testing/world.ts';

let folder: string;
let api: ApiServer;
let hub: FaultyRegistry;
let harbor: FaultyRegistry;
let config: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-discover-'));
  [api, hub, harbor] = await Promise.all([startApiServer(), startFaultyRegistry(), startFaultyRegistry()]);
  config = join(folder, 'config.yaml');
  node([]);
});

afterEach(async () => {
  await Promise.all([api.close(), hub.close(), harbor.close()]);
  await rm(folder, { recursive: true, force: true });
});

function node(images: readonly JsonObject[]): void {
  api.put({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n1' },
    status: { nodeInfo: { operatingSystem: 'linux', architecture: 'amd64' }, images },
  });
}

function runs(name: string, image: string, spec: JsonObject = {}): void {
  api.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name },
    spec: { nodeName: 'n1', containers: [{ name: 'c', image }], ...spec },
    status: {
      phase: 'Running',
      containerStatuses: [{ name: 'c', image, imageID: `sha256:${'a'.repeat(64)}`, state: { running: {} } }],
    },
  });
}

function fails(name: string, image: string): void {
  api.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name },
    spec: { nodeName: 'n1', containers: [{ name: 'c', image }] },
    status: {
      phase: 'Pending',
      containerStatuses: [
        {
          name: 'c',
          image,
          imageID: '',
          state: { waiting: { reason: 'ImagePullBackOff', message: 'i/o timeout' } },
        },
      ],
    },
  });
}

async function pullmend(argv: readonly string[], options: WorldOptions = {}) {
  const at = ({ port }: FaultyRegistry) => ({ plainHttp: true, dial: { host: '127.0.0.1', port } });
  const hosts = { 'docker.io': at(hub), 'harbor.corp': at(harbor) };
  const kubeconfig = await writeKubeconfig(folder, api);
  const ran = await runIn(
    {
      env: { PULLMEND_CONFIG: config },
      createMender: async (given) =>
        await createMender({
          ...given,
          env: { ...given.env, PULLMEND_CONFIG: undefined },
          kubeconfig,
          home: folder,
          hosts,
        }),
      ...options,
    },
    ...argv,
  );
  return { ...ran, out: ran.out.replaceAll(/\s+/g, ' '), err: ran.err.replaceAll(/\s+/g, ' ') };
}

describe('mirrors discover', () => {
  test('learns a proxy project, tests it with what fails, and fix works with what was added', async () => {
    node([
      { names: ['harbor.corp/proxy/acme/tool:1', 'docker.io/acme/tool:1'] },
      { names: ['<none>@<none>'] },
    ]);
    runs('web', 'harbor.corp/proxy/library/nginx:1.27');
    runs('db', 'harbor.corp/proxy/bitnami/redis:7');
    fails('cleanup', 'busybox:1.36');
    const image = await makeImage({ seed: 'busybox' });
    await pushToStore(hub.store, 'library/busybox', '1.36', image);
    await pushToStore(harbor.store, 'proxy/library/busybox', '1.36', image);

    const offered = await pullmend(['plan', '-n', 'shop']);
    expect(offered.code).toBe(2);
    expect(offered.err).toContain('the cluster takes images from harbor.corp/proxy already');
    expect(offered.err).toContain('pullmend mirrors discover --add');
    expect(offered.err).not.toContain('harbor.example.com');

    const seen = await pullmend(['mirrors', 'discover']);
    expect(seen.code).toBe(0);
    expect(seen.out).toContain('harbor-corp-proxy certain harbor-proxy at harbor.corp/proxy');
    expect(seen.out).toContain('same content harbor.corp/proxy/acme/tool is docker.io/acme/tool');
    expect(seen.out).toContain('proxy/library/busybox:1.36: there, the same digest as the original');

    const added = await pullmend(['mirrors', 'discover', '--add', '--yes']);
    const text = added.files[config] ?? '';
    expect(text).toContain('# same content: harbor.corp/proxy/acme/tool is docker.io/acme/tool');
    expect(parseMirrorSet(text, config).mirrors).toMatchObject([
      { scheme: 'harbor-proxy', at: 'harbor.corp/proxy' },
    ]);
    await writeFile(join(folder, 'added.yaml'), text);
    const planned = await pullmend(['plan', '-n', 'shop', '--config', join(folder, 'added.yaml')]);
    expect(planned.out).toContain('harbor.corp/proxy/library/busybox:1.36');
    const again = await pullmend(['mirrors', 'discover', '--config', join(folder, 'added.yaml')]);
    expect(again.code).toBe(1);
    expect(again.out).toContain('shows a mirror that is not in the configuration');
  });

  test('asking decides between readings that names cannot tell apart', async () => {
    runs('web', 'harbor.corp/library/nginx:1.27');
    runs('cache', 'harbor.corp/library/redis:7');
    fails('grafana', 'grafana/grafana:9');
    const narrow = JSON.parse((await pullmend(['mirrors', 'discover', '--no-probe', '-o', 'json'])).out);
    const library = (it: { mirror: { match?: unknown } }) =>
      JSON.stringify(it.mirror.match) === '["docker.io/library/*"]';
    expect(narrow.items.filter(library)).toHaveLength(1);
    await pushToStore(harbor.store, 'library/grafana/grafana', '9', await makeImage({ seed: 'grafana' }));
    const told = JSON.parse((await pullmend(['mirrors', 'discover', '-o', 'json'])).out);
    expect(told.items[0]).toMatchObject({
      confidence: 'likely',
      mirror: { scheme: 'harbor-library', at: 'harbor.corp/library', match: ['docker.io/**'] },
      rivals: [],
    });
  });

  test('pull secrets: hosts alone are shown, and the secret of a mirror is named', async () => {
    const auths = { 'harbor.corp': { auth: 'c2VjcmV0OnBhc3M=' }, 'docker.m.daocloud.io': { auth: 'eDp5' } };
    const content = Buffer.from(JSON.stringify({ auths })).toString('base64');
    api.put({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace: 'shop', name: 'pull' },
      data: { '.dockerconfigjson': content },
    });
    const imagePullSecrets = [{ name: 'pull' }];
    runs('web', 'harbor.corp/proxy/library/nginx:1.27', { imagePullSecrets });
    runs('db', 'harbor.corp/proxy/bitnami/redis:7', { imagePullSecrets });
    const { out } = await pullmend(['mirrors', 'discover', '--no-probe', '-o', 'json']);
    expect(JSON.parse(out)).toMatchObject({
      items: [{ mirror: { credentials: { secretRef: 'shop/pull' } } }],
      hosts: [{ host: 'docker.m.daocloud.io', secret: 'shop/pull', presets: ['daocloud-hosts'] }],
    });
    expect(out).not.toMatch(/c2VjcmV0|eDp5|pass/);
    const screen = await pullmend(['mirrors', 'discover', '--no-probe']);
    expect(screen.out).toContain('mirrors add daocloud-hosts');
    api.deny({ verb: 'get', resource: 'secrets' });
    expect((await pullmend(['mirrors', 'discover', '--no-probe'])).out).toContain(
      'could not be read: secrets',
    );
  });

  test('settings of kubeadm and of KubeKey files', async () => {
    const ClusterConfiguration = 'apiVersion: kubeadm.k8s.io/v1beta3\nimageRepository: registry.corp/k8s\n';
    api.put({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { namespace: 'kube-system', name: 'kubeadm-config' },
      data: { ClusterConfiguration },
    });
    const { out } = await pullmend(['mirrors', 'discover', '--no-probe', '-o', 'json']);
    expect(JSON.parse(out).items).toMatchObject([
      { mirror: { scheme: 'last-segment', at: 'registry.corp/k8s' }, confidence: 'likely' },
    ]);
    const file = join(folder, 'kk.yaml');
    const registry =
      'registry: { privateRegistry: dockerhub.corp, registryMirrors: ["http://hub.corp:5000/"] }';
    await writeFile(
      file,
      `apiVersion: kubekey.kubesphere.io/v1alpha2\nkind: Cluster\nmetadata: {name: a}\nspec: { ${registry} }\n`,
    );
    const fromFile = await pullmend(['mirrors', 'discover', '-f', file, '-o', 'json']);
    expect(JSON.parse(fromFile.out).items.map((it: { mirror: unknown }) => it.mirror)).toMatchObject([
      { at: 'dockerhub.corp', scheme: 'drop-host' },
      { at: 'hub.corp:5000', plainHttp: true },
    ]);
  });

  test('--add asks, takes no for an answer, and needs somebody to ask', async () => {
    runs('web', 'm.corp/quay.io/a/b:1');
    runs('db', 'm.corp/quay.io/a/c:1');
    const no = await pullmend(['mirrors', 'discover', '--no-probe', '--add'], { answers: ['n'] });
    expect([no.code, no.files, no.asked.length]).toEqual([1, {}, 1]);
    expect((await pullmend(['mirrors', 'discover', '--no-probe', '--add'])).err).toContain('PM_NEEDS_YES');
    const out = await pullmend(['mirrors', 'discover', '--no-probe', '--out', 'found.yaml', '--lang', 'zh']);
    expect(out.files['found.yaml']).toContain('# 确定');
    expect(parseMirrorSet(out.files['found.yaml'] ?? '', 'found.yaml').mirrors).toHaveLength(1);
  });

  test('--nodes without the right to enter them says so and goes on', async () => {
    api.put({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n1' },
      status: {
        conditions: [{ type: 'Ready', status: 'True' }],
        nodeInfo: { operatingSystem: 'linux', containerRuntimeVersion: 'containerd://2.1.0' },
        images: [{ names: ['registry.k8s.io/pause:3.9'] }],
      },
    });
    api.deny({ verb: 'create', resource: 'pods' });
    const ran = await pullmend(['mirrors', 'discover', '--no-probe', '--nodes']);
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/could not be read: Node\/n1: /);
  });

  test('a cluster that shows nothing', async () => {
    const ran = await pullmend(['mirrors', 'discover', '--no-probe']);
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('no image of the cluster shows a mirror');
    const plan = await runIn({ mirrors: noMirrors }, 'plan');
    expect(plan.err).toContain('no mirror is configured, so there is nowhere to look');
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, startFaultyRegistry, type FaultyRegistry } from '../../test/support/faulty.ts';
import { makeImage, pushToStore } from '../../test/support/images.ts';
import { createRegistryClient, type RegistryClient } from '../adapters/oci/index.ts';
import { parseMirrorSet } from '../core/knowledge/mirrors/index.ts';
import { spliceText } from '../core/edit/index.ts';
import { parseReference } from '../core/image/index.ts';
import { rewrite } from '../capabilities/rewrite/index.ts';
import { preflightOf, type PreflightOptions } from '../capabilities/preflight/index.ts';
import type { World } from '../access/index.ts';

let hub: FaultyRegistry;
let harbor: FaultyRegistry;
let client: RegistryClient;
let world: World;
let folder: string;

beforeEach(async () => {
  [hub, harbor] = await Promise.all([startFaultyRegistry(), startFaultyRegistry()]);
  const at = ({ port }: FaultyRegistry) => ({ plainHttp: true, dial: { host: '127.0.0.1', port } });
  client = createRegistryClient({
    hosts: { 'docker.io': at(hub), 'harbor.test': at(harbor) },
    limits: { retries: 0 },
  });
  const signal = new AbortController().signal;
  world = {
    options: { env: {}, home: '/', signal, onEvent: () => {} },
    outside: {
      mirrors: mirrorsOf([
        '{ name: proxy, match: ["docker.io/**"], scheme: harbor-proxy, at: harbor.test/proxy, writable: true }',
      ]),
      kube: async () => await Promise.reject(new Error('no cluster')),
      knownDigests: async () => ({}),
      close: async () => {},
    } as unknown as World['outside'],
    registries: { probe: client.probe, readImage: async () => {}, close: client.close },
  };
  folder = await mkdtemp(join(tmpdir(), 'pullmend-preflight-'));
});
afterEach(async () => {
  await client.close();
  await Promise.all([hub.close(), harbor.close(), rm(folder, { recursive: true })]);
});

function mirrorsOf(mirrors: readonly string[]): World['outside']['mirrors'] {
  const list = mirrors.map((mirror) => `  - ${mirror}\n`).join('');
  return parseMirrorSet(`apiVersion: pullmend.dev/v1alpha1\nkind: MirrorSet\nmirrors:\n${list}`, 'test');
}

function withMirrors(given: World, mirrors: readonly string[]): World {
  return { ...given, outside: { ...given.outside, mirrors: mirrorsOf(mirrors) } };
}

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

async function check(args: Partial<PreflightOptions> & { paths?: string[]; images?: string[] }) {
  const { paths, images = [], ...options } = args;
  return await preflightOf(
    { images, ...(paths === undefined ? {} : { source: { type: 'files', paths } }) },
    { platforms: ['linux/amd64'], probe: true, zoneCn: false, allowUnverified: false, ...options },
    world,
  );
}

const pod = (image: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: ${image}}]}\n`;

const installer = (spec: string): string => `apiVersion: installer.kubesphere.io/v1alpha1
kind: ClusterConfiguration
metadata: {name: ks-installer, labels: {version: v3.4.1}}
spec: ${spec}
`;

describe('preflight', () => {
  /** An image whose registry does not answer for it: nothing denies that it is there. */
  function silentAbout(name: string): void {
    hub.fault = ({ url = '' }, response) => {
      if (!url.includes(name)) return false;
      response.destroy();
      return true;
    };
  }

  test('tells apart what can be had, only from a mirror, and from nobody', async () => {
    silentAbout('library/there');
    await pushToStore(hub.store, 'library/here', '1', await makeImage({ seed: 'a' }));
    await pushToStore(harbor.store, 'proxy/library/there', '1', await makeImage({ seed: 'b' }));
    const path = await file('there.yaml', pod('there:1'));
    const report = await check({ paths: [path], images: ['here:1', 'nowhere:1'] });
    expect(report.items.map(({ image, state, from }) => [image, state, from])).toEqual([
      ['docker.io/library/there:1', 'elsewhere', 'harbor.test/proxy/library/there:1'],
      ['docker.io/library/here:1', 'works', 'docker.io/library/here:1'],
      ['docker.io/library/nowhere:1', 'missing', undefined],
    ]);
    expect(report.commands).toEqual([`rewrite ${path} --in-place`]);
  });

  test('a copy of an image that its own registry denies may be any image', async () => {
    await pushToStore(harbor.store, 'proxy/library/there', '1', await makeImage({ seed: 'b' }));
    const { items } = await check({ images: ['there:1'] });
    expect(items).toMatchObject([{ state: 'missing', outcome: 'absent' }]);
    const allowed = await check({ images: ['there:1'], allowUnverified: true });
    expect(allowed.items).toMatchObject([{ state: 'elsewhere', from: 'harbor.test/proxy/library/there:1' }]);
  });

  test('an origin without the platform of the nodes does not do', async () => {
    await pushToStore(
      hub.store,
      'library/web',
      '1',
      await makeImage({ seed: 'a', platforms: ['linux/amd64'] }),
    );
    const { items } = await check({ images: ['web:1'], platforms: ['linux/riscv64'] });
    expect(items).toMatchObject([{ state: 'missing', outcome: 'platform-missing' }]);
  });

  test('a limited registry says nothing about the image', async () => {
    hub.fault = (_request, response) => answer(response, 429, { 'retry-after': '60' });
    const { items } = await check({ images: ['web:1'] });
    expect(items).toMatchObject([{ state: 'ask-later', outcome: 'rate-limited' }]);
  });

  test('--no-probe asks nobody', async () => {
    const { items } = await check({ images: ['web:1'], probe: false });
    expect(items).toMatchObject([{ state: 'not-asked' }]);
    expect([...hub.seen, ...harbor.seen]).toEqual([]);
  });

  test('an installer renamed by its setting needs the images there, and is told what to copy', async () => {
    const image = await makeImage({ seed: 'a' });
    await pushToStore(hub.store, 'kubesphere/ks-apiserver', 'v3.4.1', image);
    await pushToStore(hub.store, 'kubesphere/ks-console', 'v3.4.1', image);
    await pushToStore(harbor.store, 'mine/kubesphere/ks-console', 'v3.4.1', image);
    const path = await file('cc.yaml', installer('{local_registry: harbor.test/mine}'));
    const { items, commands } = await check({ paths: [path] });
    const state = (name: string) => items.find((it) => it.original.includes(name));
    expect(state('ks-apiserver')).toMatchObject({ state: 'elsewhere' });
    expect(state('ks-console')).toMatchObject({ state: 'works', identity: 'same' });
    expect(state('prometheus-operator')).toMatchObject({ state: 'missing' });
    expect(commands).toEqual([
      'copy docker.io/kubesphere/ks-apiserver:v3.4.1 harbor.test/mine/kubesphere/ks-apiserver:v3.4.1',
    ]);
  });

  test('the setting that fits a mirror is found, with what the mirror still lacks', async () => {
    const image = await makeImage({ seed: 'a' });
    await pushToStore(harbor.store, 'proxy/kubesphere/ks-apiserver', 'v3.4.1', image);
    silentAbout('kubesphere/ks-apiserver');
    await pushToStore(hub.store, 'kubesphere/ks-console', 'v3.4.1', image);
    const path = await file('cc.yaml', installer('{}'));
    const { advice, commands } = await check({ paths: [path] });
    expect(advice).toMatchObject([{ key: 'spec.local_registry', value: 'harbor.test/proxy', covered: 1 }]);
    expect(commands).toEqual([
      'copy docker.io/kubesphere/ks-console:v3.4.1 harbor.test/proxy/kubesphere/ks-console:v3.4.1',
    ]);
  });

  test('KubeKey: both documents of a file, and one flag for the version of either', async () => {
    const text = `apiVersion: kubekey.kubesphere.io/v1alpha2
kind: Cluster
metadata: {name: s}
spec: {kubernetes: {version: v1.26.5}, registry: {privateRegistry: harbor.test/x}}
---
${installer('{}')}`;
    const paths = [await file('config.yaml', text)];
    const { installers } = await check({ paths, version: 'v3.1.1', probe: false });
    expect(installers.map(({ installer: name, version }) => [name, version])).toEqual([
      ['KubeKey', 'v3.1.1'],
      ['ks-installer', 'v3.4.1'],
    ]);
    expect(installers[0]?.images.map((it) => it.image)).toContain('harbor.test/x/openebs/linux-utils:3.3.0');
    await expect(check({ paths, version: 'v3.9.9', probe: false })).rejects.toMatchObject({
      code: 'PM_INSTALLER_UNKNOWN',
    });
  });

  test('the tag of the installer in another file says the version', async () => {
    const config = await file('cc.yaml', installer('{}').replace(', labels: {version: v3.4.1}', ''));
    const own = await file('installer.yaml', pod('kubesphere/ks-installer:v3.3.2'));
    const { installers } = await check({ paths: [config, own], probe: false });
    expect(installers[0]?.version).toBe('v3.3.2');
    await expect(check({ paths: [config], probe: false })).rejects.toMatchObject({
      code: 'PM_INSTALLER_UNKNOWN',
    });
  });

  describe('rewrite sets the registry of an installer', () => {
    const sample = (registry: string): string => `apiVersion: kubekey.kubesphere.io/v1alpha2
kind: Cluster
spec:
  kubernetes: {version: v1.26.5}   # mine
  registry:
    privateRegistry: ${registry}
`;
    const look = async (path: string, names: 'probed' | 'scheme', allowUnverified = true) => {
      const choice = {
        names,
        indirect: true,
        lock: false,
        allowUnverified,
        to: 'look',
        setRegistry: true,
      } as const;
      const result = await rewrite([path], choice, world);
      const [edit] = result.plan.spec.steps.flatMap((step) => (step.kind === 'edit-file' ? step.edits : []));
      return { result, edit, left: result.left.map(({ reason, detail }) => [reason, detail]) };
    };

    test('by the scheme, once', async () => {
      const path = await file('config.yaml', sample('""'));
      const { edit, result } = await look(path, 'scheme');
      expect(spliceText(sample('""'), edit === undefined ? [] : [{ ...edit, file: path }])).toBe(
        sample('"harbor.test/proxy"'),
      );
      expect(result.changes).toMatchObject([{ with: 'harbor.test/proxy', mirror: 'proxy' }]);
      const again = await look(await file('done.yaml', sample('"harbor.test/proxy"')), 'scheme');
      expect(again.result.changes).toEqual([]);
    });

    test('asked, only where the mirror has every image', async () => {
      const path = await file('cc.yaml', installer('{local_registry: ""}'));
      await pushToStore(
        harbor.store,
        'proxy/kubesphere/ks-apiserver',
        'v3.4.1',
        await makeImage({ seed: 'a' }),
      );
      const { edit, left } = await look(path, 'probed');
      expect(edit).toBeUndefined();
      expect(left).toEqual([
        ['setting-lacks', expect.stringContaining('harbor.test/proxy/kubesphere/ks-console:v3.4.1')],
      ]);
    });

    test('asked, also where Docker Hub is gone and nothing can be compared; not where it denies an image', async () => {
      const path = await file('cc.yaml', installer('{local_registry: ""}'));
      const image = await makeImage({ seed: 'a' });
      const { installers } = await check({ paths: [path], probe: false });
      for (const { original, pulled } of installers[0]?.images ?? []) {
        const { repository, tag = '' } = parseReference(original);
        if (pulled === 'now') await pushToStore(harbor.store, `proxy/${repository}`, tag, image);
      }
      const denied = await look(path, 'probed', false);
      expect(denied.edit).toBeUndefined();
      expect(denied.left).toMatchObject([['setting-lacks', expect.stringContaining('ks-apiserver')]]);
      hub.fault = (_request, response) => {
        response.destroy();
        return true;
      };
      const gone = await look(path, 'probed', false);
      expect(gone.result.changes).toMatchObject([{ with: 'harbor.test/proxy', mirror: 'proxy' }]);
    });

    test('KubeKey 4: each original host has a field of its own', async () => {
      const text = `apiVersion: kubekey.kubesphere.io/v1
kind: Config
spec:
  kubernetes: { kube_version: v1.33.1 } # mine
  cni: { type: flannel }
`;
      world = withMirrors(world, [
        '{ name: proxy, match: ["docker.io/**"], scheme: harbor-proxy, at: harbor.test/proxy, writable: true }',
        '{ name: dao, match: ["registry.k8s.io/**"], scheme: prefix-host-path, at: m.test/x }',
        '{ name: dots, match: ["ghcr.io/**"], scheme: dots, at: dots.test }',
      ]);
      const path = await file('v4.yaml', text);
      const { edit, result } = await look(path, 'scheme');
      const after = spliceText(text, edit === undefined ? [] : [{ ...edit, file: path }]);
      expect(after).toContain('k8sio_registry: "m.test/x/registry.k8s.io"');
      expect(after).toContain('dockerio_registry: "harbor.test/proxy"');
      expect(after).not.toContain('ghcrio_registry');
      expect(result.changes.map(({ with: to, mirror }) => [to, mirror])).toEqual([
        ['harbor.test/proxy', 'proxy'],
        ['m.test/x/registry.k8s.io', 'dao'],
      ]);
      const done = await file('done.yaml', after);
      expect((await look(done, 'scheme')).result.changes).toEqual([]);
      const { installers } = await check({ paths: [done], probe: false });
      expect(installers[0]?.images.map(({ image }) => image)).toEqual(
        expect.arrayContaining([
          'm.test/x/registry.k8s.io/pause:3.10',
          'm.test/x/registry.k8s.io/coredns/coredns:v1.12.0',
          'harbor.test/proxy/openebs/provisioner-localpv:4.4.0',
          'ghcr.io/flannel-io/flannel:v0.27.4',
        ]),
      );
    });

    test.each([
      'zone: cn',
      'image_registry: { type: harbor }',
      'image_registry: { auth: { registry: r.test } }',
    ])('KubeKey 4 with %s has its registry', async (field) => {
      const text = `apiVersion: kubekey.kubesphere.io/v1\nkind: Config\nspec:\n  kubernetes: { kube_version: v1.33.1 }\n  ${field}\n`;
      const { result } = await look(await file('v4.yaml', text), 'scheme');
      expect([result.changes, result.left]).toEqual([[], []]);
    });

    test('a release that is not known keeps its file', async () => {
      const path = await file('cc.yaml', installer('{}').replace('v3.4.1', 'v9.0.0'));
      expect((await look(path, 'scheme')).result.changes).toEqual([]);
    });
  });

  test.each(['Cluster', 'Config'])('a %s of a KubeKey that nobody knows', async (kind) => {
    const path = await file(
      'kk.yaml',
      `apiVersion: kubekey.kubesphere.io/v1beta9\nkind: ${kind}\nspec: {}\n`,
    );
    await expect(check({ paths: [path] })).rejects.toMatchObject({
      code: 'PM_INSTALLER_UNKNOWN',
      params: { version: 'kubekey.kubesphere.io/v1beta9' },
    });
  });

  test('a configuration of KubeKey 4 for a Kubernetes that it does not know', async () => {
    const of = async (spec: string): Promise<string> =>
      await file('v4.yaml', `apiVersion: kubekey.kubesphere.io/v1\nkind: Config\nspec: ${spec}\n`);
    for (const spec of ['{}', '{ kubernetes: { kube_version: v1.22.3 } }']) {
      await expect(check({ paths: [await of(spec)] })).rejects.toMatchObject({
        code: 'PM_INSTALLER_UNKNOWN',
      });
    }
  });
});

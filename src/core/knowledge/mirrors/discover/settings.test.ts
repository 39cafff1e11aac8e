import { describe, expect, test } from 'vitest';
import { parseReference } from '../../../image/index.ts';
import { kubeadmMirrors, kubekeyMirrors, kubeSphereMirrors, runtimeMirrors } from './index.ts';

function configMap(name: string, key: string, text: string) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'n', name }, data: { [key]: text } };
}

function installer(spec: object) {
  const metadata = { namespace: 'kubesphere-system', name: 'ks-installer' };
  const base = { apiVersion: 'installer.kubesphere.io/v1alpha1', kind: 'ClusterConfiguration', metadata };
  return kubeSphereMirrors({ ...base, spec: spec as never }).map(({ scheme, at }) => [scheme, at]);
}

describe('settings', () => {
  test.each([
    ['imageRepository: registry.corp/k8s', ['registry.corp/k8s']],
    ['imageRepository: registry.k8s.io', []],
    ['imageRepository: nothost', []],
    ['{ not: [yaml', []],
  ])('kubeadm %s', (text, places) => {
    const found = kubeadmMirrors(configMap('kubeadm-config', 'ClusterConfiguration', text));
    expect(found.map(({ at }) => at)).toEqual(places);
  });

  test('ks-installer: local_registry, zone cn, and a namespace that no scheme has', () => {
    expect(installer({ local_registry: 'h.corp/proxy' })).toEqual([['drop-host', 'h.corp/proxy']]);
    expect(installer({ zone: 'cn' })).toEqual([
      ['last-segment', 'registry.cn-beijing.aliyuncs.com/kubesphereio'],
    ]);
    expect(installer({ local_registry: 'h.corp', namespace_override: 'ks' })).toEqual([]);
    expect(installer({ local_registry: '' })).toEqual([]);
  });

  test('ks-core: the registry of extensions', () => {
    const text = 'kubesphere:\n  extension:\n    imageRegistry: swr.corp/ks\n';
    expect(kubeSphereMirrors(configMap('kubesphere-config', 'kubesphere.yaml', text))).toMatchObject([
      { scheme: 'drop-host', at: 'swr.corp/ks', match: ['docker.io/**'] },
    ]);
  });

  test('KubeKey: a private registry with its own namespaces has no scheme', () => {
    const registry = {
      privateRegistry: 'h.corp',
      namespaceOverride: 'x',
      registryMirrors: ['https://a.corp', 'b'],
    };
    expect(kubekeyMirrors({ spec: { registry } }, 'kk.yaml').map(({ at }) => at)).toEqual(['a.corp']);
  });
});

describe('runtimeMirrors', () => {
  function route(image: string, ...repositories: readonly string[]) {
    const endpoints = repositories.map((repository) => ({ repository, mirror: true }));
    return { node: 'n1', image: parseReference(image), route: { endpoints, files: ['/etc/hosts.toml'] } };
  }

  test('a project below /v2 of a Harbor; where it is told', () => {
    expect(runtimeMirrors([route('a/b', 'https://h.corp/v2/proxy/a/b')])).toEqual([
      { scheme: 'drop-host', at: 'h.corp/proxy', match: ['docker.io/**'], where: 'Node/n1 /etc/hosts.toml' },
    ]);
    expect(runtimeMirrors([route('a/b', 'http://h.corp:5000/v2/a/b')])).toMatchObject([
      { at: 'h.corp:5000', plainHttp: true },
    ]);
  });

  test('one place for several registries goes by ?ns=, which a name cannot say', () => {
    const routes = [route('a/b', 'https://h.corp/v2/a/b'), route('quay.io/a/b', 'https://h.corp/v2/a/b')];
    expect(runtimeMirrors(routes)).toEqual([]);
    expect(runtimeMirrors([route('a/b', 'https://h.corp/strange/a/b')])).toEqual([]);
  });
});

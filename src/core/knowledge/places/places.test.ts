import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { JsonObject } from '../../model/index.ts';
import { findImages, judge, type InnerDocument } from './index.ts';

function read(text: string): readonly InnerDocument[] {
  try {
    return [{ value: parse(text), locate: (_, part) => part }];
  } catch {
    return [];
  }
}

function found(object: JsonObject): readonly (readonly string[])[] {
  return findImages(object, '', read).images.map(({ place, name, image }) => [place, name, image]);
}

function container(fields: JsonObject): JsonObject {
  const spec = { containers: [{ name: 'c', image: 'operator', ...fields }] };
  return { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec } } };
}

function configMap(data: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cm' }, data };
}

function custom(spec: JsonObject): JsonObject {
  return { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 't' }, spec };
}

describe('judge', () => {
  test.each([
    ['quay.io/a/b:1', false, true, 'registry-and-tag'],
    ['localhost:5000/a:1', false, true, 'registry-and-tag'],
    ['openebs/linux-utils:3.3.0', false, true, 'version-tag'],
    ['openebs/linux-utils:ci', false, false, 'no-registry'],
    ['openebs/linux-utils:ci', true, true, 'named'],
    [`a/b@sha256:${'0'.repeat(64)}`, false, true, 'digest'],
    [`v1.9.5@sha256:${'0'.repeat(64)}`, true, false, 'no-registry'],
    ['redis:7', true, true, 'named'],
    ['cache-server:8080', false, false, 'host-port'],
    ['cache-server:8080', true, false, 'host-port'],
    ['shop/web:8080', false, false, 'host-port'],
    ['registry.infra.svc:5000/a/b:1', false, false, 'service-host'],
    ['quay.io/a/b', false, false, 'no-tag'],
    ['https://quay.io/a/b:1', true, false, 'url'],
    ['/var/lib/a:1', true, false, 'path'],
    ['quay.io/a/b:{{ .Values.tag }}', true, false, 'template'],
    ['true', true, false, 'bare-word'],
    ['system:metrics-server', false, false, 'no-registry'],
    ['Not:An/Image', true, false, 'not-a-name'],
  ])('%s, named %s: %s, %s', (text, named, image, reason) => {
    expect(judge(text, named)).toEqual({ image, reason });
  });
});

describe('what containers are told', () => {
  test.each<[string, JsonObject, readonly string[]]>([
    [
      'a variable',
      { env: [{ name: 'HELPER_IMAGE', value: 'acme/helper' }] },
      ['env', 'HELPER_IMAGE', 'acme/helper'],
    ],
    ['a flag', { args: ['--reloader=quay.io/a/r:v1'] }, ['arg', 'c', 'quay.io/a/r:v1']],
    ['a flag and its value', { args: ['--worker-image', 'acme/w:edge'] }, ['arg', 'c', 'acme/w:edge']],
    [
      'a script',
      { command: ['sh', '-c', 'run x # acme/no:1.0\nrun acme/yes:1.0'] },
      ['command', 'c', 'acme/yes:1.0'],
    ],
    [
      'a map',
      { env: [{ name: 'KAFKA_IMAGES', value: '4.2=quay.io/a/k:4.2\n' }] },
      ['envMap', 'KAFKA_IMAGES', 'quay.io/a/k:4.2'],
    ],
  ])('%s', (_, fields, expected) => {
    expect(found(container(fields))).toEqual([['container', 'c', 'operator'], expected]);
  });

  test('switches, addresses and parts of names are none', () => {
    const env = {
      USE_IMAGE: 'true',
      IMAGE_TAG: 'v1.2',
      IMAGE_REGISTRY: 'quay.io/a',
      UPSTREAM: 'db.shop.svc:5432',
    };
    const entries = Object.entries(env).map(([name, value]) => ({ name, value }));
    const args = ['--listen=127.0.0.1:9101', '--image-pull-policy=a/b', '--url=https://x.io/a:1', '-v=2'];
    expect(found(container({ env: entries, args }))).toHaveLength(1);
  });
});

describe('ConfigMaps', () => {
  test.each<[string, JsonObject, readonly (readonly string[])[]]>([
    [
      'YAML',
      { 'pod.yaml': 'kind: Pod\nspec:\n  containers:\n  - name: x\n    image: busybox\n' },
      [['configMapYaml', 'pod.yaml', 'busybox']],
    ],
    [
      'JSON',
      { j: '{"image": "kiwigrid/k8s-sidecar:1.27.4"}' },
      [['configMapJson', 'j', 'kiwigrid/k8s-sidecar:1.27.4']],
    ],
    ['lines', { p: '# image=a/b:0.1\nimage=a/b:1.1' }, [['configMapText', 'p', 'a/b:1.1']]],
    ['a template', { t: 'image: {{ .Registry }}/a/b:{{ .Tag }}\n{{ end }}' }, []],
    [
      'a tag that is filled in',
      { t: 'image: quay.io/a/b:{{ .Tag }}\n{{ end }}' },
      [['configMapText', 't', 'quay.io/a/b:{{ .Tag }}']],
    ],
    ['notes', { n: 'see https://hub.docker.com/r/library/redis:7', u: 'cache:8080' }, []],
  ])('%s', (_, data, expected) => {
    expect(found(configMap(data))).toEqual(expected);
  });
});

describe('custom resources', () => {
  test.each<[string, JsonObject, readonly string[]]>([
    ['a field', { version: '3.1', image: 'quay.io/a/p:v3.1' }, ['quay.io/a/p:v3.1']],
    ['three fields', { image: { registry: 'docker.io', repository: 'a/b', tag: '1' } }, ['docker.io/a/b:1']],
    ['two fields', { image: 'nginx', tag: 1.25 }, ['nginx:1.25']],
    ['a template', { template: { spec: { containers: [{ name: 'c', image: 'busybox' }] } } }, ['busybox']],
    ['a machine', { image: 'ubuntu-2204', description: 'as quay.io/a/b:1' }, []],
    ['a chart', { chart: { repository: 'https://charts.io', version: '1.2' }, sourceRef: 'a/b' }, []],
  ])('%s', (_, spec, expected) => {
    expect(found(custom(spec)).map(([, , image]) => image)).toEqual(expected);
  });

  test('schemas, roles and notes are left alone, injectors are not', () => {
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      spec: { image: 'a/b:1.0' },
    };
    expect(found(crd)).toEqual([]);
    const annotations = {
      'sidecar.istio.io/proxyImage': 'istio/proxyv2:1.20',
      'example.com/was-image': 'a/b:1.0',
    };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { annotations } };
    expect(found(pod)).toEqual([['annotation', 'sidecar.istio.io/proxyImage', 'istio/proxyv2:1.20']]);
    expect(findImages(pod, '', read).lookAlikes).toMatchObject([{ text: 'a/b:1.0', reason: 'note' }]);
  });
});

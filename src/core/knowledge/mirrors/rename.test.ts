import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatReference, parseReference } from '../../image/index.ts';
import { mirrorHosts, mirrorReference, originalReference, parseMirrorSet } from './index.ts';

function mirror(yaml: string) {
  const text = `apiVersion: pullmend.dev/v1alpha1\nkind: MirrorSet\nmirrors:\n  - { name: m, ${yaml} }\n`;
  const [first] = parseMirrorSet(text, 'test').mirrors;
  if (first === undefined) throw new Error('no mirror');
  return first;
}

function forward(yaml: string, image: string) {
  const mirrored = mirrorReference(mirror(yaml), parseReference(image));
  return mirrored && formatReference(mirrored);
}

function backward(yaml: string, image: string) {
  const original = originalReference(mirror(yaml), parseReference(image));
  return original && formatReference(original);
}

const hex = 'b'.repeat(64);
const proxy = 'scheme: harbor-proxy, at: harbor.corp/proxy';
const copies = 'scheme: harbor-library, at: harbor.corp/library';
const prefix = 'scheme: prefix-host-path, at: m.corp';
const alias = 'scheme: host-alias, aliases: { docker.io: docker.m.corp, registry.k8s.io: k8s.m.corp }';
const drop = 'scheme: drop-host, at: harbor.corp';
const last = 'scheme: last-segment, at: registry.corp/google_containers';

describe('mirrorReference', () => {
  test.each([
    [proxy, 'nginx:1.25', 'harbor.corp/proxy/library/nginx:1.25'],
    [proxy, 'bitnami/redis', 'harbor.corp/proxy/bitnami/redis:latest'],
    [proxy, 'quay.io/a/b', undefined],
    [copies, 'nginx', 'harbor.corp/library/nginx:latest'],
    [copies, 'kubesphere/ks-apiserver:v3.4.1', 'harbor.corp/library/kubesphere/ks-apiserver:v3.4.1'],
    [
      copies,
      'registry.k8s.io/ingress-nginx/controller:v1',
      'harbor.corp/library/ingress-nginx/controller:v1',
    ],
    [copies, 'harbor.corp/library/app:v1', undefined],
    [copies, `quay.io/a/b:v1@sha256:${hex}`, `harbor.corp/library/a/b:v1@sha256:${hex}`],
    [prefix, 'nginx', 'm.corp/docker.io/library/nginx:latest'],
    [prefix, `ghcr.io/a/b@sha256:${hex}`, `m.corp/ghcr.io/a/b@sha256:${hex}`],
    [prefix, 'host:5000/a', undefined],
    [alias, 'nginx', 'docker.m.corp/library/nginx:latest'],
    [alias, 'registry.k8s.io/pause:3.9', 'k8s.m.corp/pause:3.9'],
    [alias, 'quay.io/a/b', undefined],
    [drop, 'quay.io/argoproj/argocd:v2', 'harbor.corp/argoproj/argocd:v2'],
    [last, 'registry.k8s.io/coredns/coredns:v1.11', 'registry.corp/google_containers/coredns:v1.11'],
    ['scheme: last-segment, at: docker.io/acme', 'registry.k8s.io/a/pause:3.9', 'docker.io/acme/pause:3.9'],
    ['template: "h.corp/{host}.{namespace}.{last}"', 'quay.io/a/b:v1', 'h.corp/quay.io.a.b:v1'],
    ['template: "h.corp/{namespace}/{last}-{tag}:x"', 'registry.k8s.io/pause:3.9', 'h.corp/pause-3.9:x'],
    ['template: "h.corp/{repository}@{digest}"', 'nginx:1', undefined],
    [
      'template: "h.corp/{repository}@{digest}"',
      `nginx:1@sha256:${hex}`,
      `h.corp/library/nginx:1@sha256:${hex}`,
    ],
    [`${drop}, match: ["quay.io/*/argocd"]`, 'quay.io/argoproj/argocd:v2', 'harbor.corp/argoproj/argocd:v2'],
    [`${drop}, match: ["quay.io/*/argocd"]`, 'quay.io/argoproj/cli:v2', undefined],
  ])('%s: %s is %s', (yaml, image, expected) => {
    expect(forward(yaml, image)).toBe(expected);
  });
});

describe('originalReference', () => {
  test.each([
    [proxy, 'harbor.corp/proxy/library/nginx:1.25', 'docker.io/library/nginx:1.25'],
    [`${proxy}, match: ["quay.io/**"]`, 'harbor.corp/proxy/a/b:1', 'quay.io/a/b:1'],
    [`${proxy}, match: ["quay.io/**", "ghcr.io/**"]`, 'harbor.corp/proxy/a/b:1', undefined],
    [proxy, 'harbor.corp/library/nginx', undefined],
    [copies, 'harbor.corp/library/nginx', undefined],
    [prefix, 'm.corp/docker.io/library/nginx', 'docker.io/library/nginx:latest'],
    [prefix, 'm.corp/nginx', undefined],
    [alias, 'k8s.m.corp/pause:3.9', 'registry.k8s.io/pause:3.9'],
    [alias, 'other.m.corp/pause:3.9', undefined],
  ])('%s: %s was %s', (yaml, image, expected) => {
    expect(backward(yaml, image)).toBe(expected);
  });

  test('turns every name round that has a way back', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,6}(?:[._-][a-z0-9]{1,3})?$/);
    const image = fc
      .record({
        host: fc.constantFrom('docker.io', 'registry.k8s.io'),
        path: fc.array(part, { minLength: 1, maxLength: 3 }),
        tag: fc.stringMatching(/^[a-z0-9]{1,9}$/),
      })
      .map(({ host, path, tag }) => parseReference(`${host}/${path.join('/')}:${tag}`));
    fc.assert(
      fc.property(image, fc.constantFrom(prefix, alias), (original, yaml) => {
        const set = mirror(yaml);
        const mirrored = mirrorReference(set, original);
        expect(mirrored && originalReference(set, mirrored)).toEqual(original);
      }),
    );
  });
});

test('mirrorHosts', () => {
  expect(mirrorHosts(mirror(alias))).toEqual(['docker.m.corp', 'k8s.m.corp']);
  expect(mirrorHosts(mirror(proxy))).toEqual(['harbor.corp']);
  expect(mirrorHosts(mirror('template: "h.corp:8443/{repository}"'))).toEqual(['h.corp:8443']);
});

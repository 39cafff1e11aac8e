import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatReference, parseReference } from '../../image/index.ts';
import {
  collisions,
  mirrorHosts,
  mirrorReference,
  namingOf,
  originalReference,
  parseMirrorSet,
} from './index.ts';

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
const dots = 'scheme: dots, at: docker.io/acme';
const ruledDots = `${dots}, prefixes: { gcr.io: "", registry.k8s.io: google-containers. }`;
const names = 'scheme: names, names: { nginx: h.corp/web/nginx, quay.io/a/b: h.corp/b }';
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
    [dots, 'nginx:1', 'docker.io/acme/nginx:1'],
    [dots, 'bitnami/redis:7', 'docker.io/acme/bitnami.redis:7'],
    [dots, 'quay.io/a/b:v1', 'docker.io/acme/quay.io.a.b:v1'],
    [ruledDots, 'gcr.io/ns/x:1', 'docker.io/acme/ns.x:1'],
    [ruledDots, 'registry.k8s.io/sig/x:1', 'docker.io/acme/google-containers.sig.x:1'],
    [ruledDots, 'quay.io/a/b:v1', undefined],
    [names, 'nginx:1.27', 'h.corp/web/nginx:1.27'],
    [names, 'redis:7', undefined],
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
    // Two originals have this name, so nobody knows which one it was.
    [
      'scheme: host-alias, aliases: { k8s.gcr.io: k.corp, registry.k8s.io: k.corp }',
      'k.corp/pause:3',
      undefined,
    ],
    [names, 'h.corp/web/nginx:1.27', 'docker.io/library/nginx:1.27'],
    [names, 'h.corp/other:1', undefined],
    [dots, 'docker.io/acme/quay.io.a.b:v1', undefined],
  ])('%s: %s was %s', (yaml, image, expected) => {
    expect(backward(yaml, image)).toBe(expected);
  });

  test('turns every name round that has a way back', () => {
    const list = fc.constantFrom(prefix, alias, `${drop}, match: ["docker.io/**"]`, proxy);
    fc.assert(
      fc.property(image, list, (original, yaml) => {
        const set = mirror(yaml);
        const mirrored = mirrorReference(set, original);
        if (mirrored !== undefined) expect(originalReference(set, mirrored)).toEqual(original);
      }),
    );
  });
});

const part = fc.stringMatching(/^[a-z0-9]{1,3}(?:[._-][a-z0-9]{1,2})?$/);
const image = fc
  .record({
    host: fc.constantFrom('docker.io', 'registry.k8s.io', 'quay.io'),
    path: fc.array(part, { minLength: 1, maxLength: 3 }),
    tag: fc.constantFrom('1', '2'),
  })
  .map(({ host, path, tag }) => parseReference(`${host}/${path.join('/')}:${tag}`));

describe('collisions', () => {
  test('tells two originals with one name', () => {
    const images = ['quay.io/a/b:1', 'ghcr.io/a/b:1', 'quay.io/a/b:2'].map((it) => parseReference(it));
    expect(collisions(mirror(drop), images)).toEqual([
      { mirrored: 'harbor.corp/a/b:1', originals: ['quay.io/a/b:1', 'ghcr.io/a/b:1'] },
    ]);
  });

  test('no scheme gives two originals one name without its being told', () => {
    const list = fc.constantFrom(proxy, copies, prefix, alias, drop, last, dots, ruledDots, names);
    fc.assert(
      fc.property(fc.array(image, { maxLength: 30 }), list, (images, yaml) => {
        const set = mirror(yaml);
        const told = new Set(collisions(set, images).flatMap(({ originals }) => originals));
        const silent = images.filter((it) => !told.has(formatReference(it)));
        const mirrored = new Map(
          silent.flatMap((it) => {
            const name = mirrorReference(set, it);
            return name === undefined ? [] : [[formatReference(it), formatReference(name)] as const];
          }),
        );
        expect(new Set(mirrored.values()).size).toBe(mirrored.size);
      }),
    );
  });

  test('a scheme with a way back for all names has none', () => {
    fc.assert(
      fc.property(fc.array(image), fc.constantFrom(prefix, alias), (images, yaml) => {
        expect(collisions(mirror(yaml), images)).toEqual([]);
      }),
    );
  });
});

test.each([
  [prefix, 'nginx:1', { result: 'named', name: 'm.corp/docker.io/library/nginx:1' }],
  [prefix, 'm.corp/quay.io/a/b:1', { result: 'own', original: 'quay.io/a/b:1' }],
  [copies, 'harbor.corp/library/app:1', { result: 'own' }],
  [names, 'h.corp/b:1', { result: 'own', original: 'quay.io/a/b:1' }],
  [names, 'redis:7', { result: 'no-name' }],
  [proxy, 'quay.io/a/b:1', { result: 'no-match' }],
])('namingOf: %s makes of %s', (yaml, name, expected) => {
  expect(namingOf(mirror(yaml), parseReference(name))).toEqual(expected);
});

test('mirrorHosts', () => {
  expect(mirrorHosts(mirror(alias))).toEqual(['docker.m.corp', 'k8s.m.corp']);
  expect(mirrorHosts(mirror(names))).toEqual(['h.corp']);
  expect(mirrorHosts(mirror(proxy))).toEqual(['harbor.corp']);
  expect(mirrorHosts(mirror('template: "h.corp:8443/{repository}"'))).toEqual(['h.corp:8443']);
});

import { describe, expect, test } from 'vitest';
import { parseReference } from '../../image/index.ts';
import { mirrorReference, parseMirrorSet } from '../mirrors/index.ts';
import type { Mirror } from '../../model/index.ts';
import { endpointFor, needsOf, originOf, replicationOf } from './index.ts';

function mirror(fields: object): Mirror {
  const mirrors = [{ name: 'm', at: 'h.corp/p', ...fields }];
  const set = parseMirrorSet(
    JSON.stringify({ apiVersion: 'pullmend.dev/v1alpha1', kind: 'MirrorSet', mirrors }),
    'test',
  );
  const [first] = set.mirrors;
  if (first === undefined) throw new Error('no mirror');
  return first;
}

test.each(['docker.io', 'quay.io', 'ghcr.io', 'registry.k8s.io', 'r.corp:5000'])(
  'the endpoint for %s leads there',
  (host) => {
    expect(originOf(endpointFor(host))).toBe(host);
  },
);

test.each([
  ['docker-hub', 'https://hub.docker.com', 'docker.io'],
  ['docker-registry', 'https://registry-1.docker.io', 'docker.io'],
  ['docker-registry', 'quay.io', 'quay.io'],
  ['harbor', 'https://other.corp/', 'other.corp'],
])('an endpoint %s %s leads to %s', (type, url, host) => {
  expect(originOf({ type, url })).toBe(host);
});

describe('a mirror needs', () => {
  test.each<[object, unknown]>([
    [{ scheme: 'harbor-proxy' }, [{ project: 'p', isPublic: true, upstream: 'docker.io' }]],
    [
      { scheme: 'harbor-proxy', match: ['quay.io/a/*', 'quay.io/b/*'], credentials: 'docker-config' },
      [{ project: 'p', isPublic: false, upstream: 'quay.io' }],
    ],
    [{ scheme: 'dots', at: 'h.corp/p/deep', writable: true }, [{ project: 'p' }]],
    [
      { scheme: 'prefix-host-path', at: 'h.corp', writable: true, match: ['docker.io/**', 'gcr.io/**'] },
      [{ project: 'docker.io' }, { project: 'gcr.io' }],
    ],
  ])('%j: %j', (fields, needs) => {
    expect(needsOf(mirror(fields))).toMatchObject(needs as object);
  });

  test.each<[object, string]>([
    [{ scheme: 'harbor-proxy', match: ['**'] }, 'upstreams'],
    [{ scheme: 'harbor-proxy', at: 'h.corp' }, 'no-project'],
    [{ scheme: 'harbor-proxy', at: 'h.corp/p/q' }, 'path'],
    [{ scheme: 'drop-host' }, 'not-writable'],
    [{ scheme: 'drop-host', at: 'h.corp/a__b', writable: true }, 'project-name'],
    [{ scheme: 'prefix-host-path', at: 'h.corp', writable: true }, 'upstreams'],
    [{ scheme: 'host-alias', at: undefined, aliases: { 'docker.io': 'd.corp' } }, 'scheme'],
  ])('nothing: %j is %s', (fields, reason) => {
    expect(needsOf(mirror(fields))).toBe(reason);
  });
});

/** What Harbor makes of a name (`replaceNamespace`, src/controller/replication/flow/stage.go). */
function replaced(name: string, namespace: string, count: number): string {
  return [namespace, ...name.split('/').slice(count)].join('/');
}

describe('a replication gives the names of the mirror', () => {
  const hub = { match: ['docker.io/**'], writable: true };
  test.each<[object, string, string]>([
    [{ ...hub, scheme: 'harbor-library' }, 'library/*', 'library/busybox'],
    [{ ...hub, scheme: 'harbor-library' }, 'bitnami/**', 'bitnami/a/b'],
    [{ ...hub, scheme: 'drop-host', at: 'h.corp/p/q' }, '**', 'a/b'],
    [{ ...hub, scheme: 'prefix-host-path' }, '{a,b}/*', 'a/x'],
    [{ ...hub, scheme: 'prefix-host-path', at: 'h.corp' }, '**', 'a/x'],
    [{ ...hub, scheme: 'last-segment' }, 'a/b/*', 'a/b/x'],
    [{ scheme: 'harbor-library', match: ['registry.k8s.io/**'], writable: true }, 'pause', 'pause'],
  ])('%j %s: %s', (fields, filter, name) => {
    const it = mirror(fields);
    const rule = replicationOf(it, filter);
    if (typeof rule === 'string') throw new Error(rule);
    const expected = mirrorReference(it, parseReference(`${rule.upstream}/${name}:1`))?.repository;
    expect(replaced(name, rule.namespace, rule.replaced)).toBe(expected);
  });

  test.each<[object, string, string]>([
    [{ ...hub, scheme: 'harbor-library' }, '**', 'pattern'],
    [{ ...hub, scheme: 'last-segment' }, 'a/**', 'pattern'],
    [{ ...hub, scheme: 'dots' }, 'a/*', 'scheme'],
    [{ scheme: 'drop-host', writable: true }, 'a/*', 'upstreams'],
  ])('or is refused: %j %s is %s', (fields, filter, reason) => {
    expect(replicationOf(mirror(fields), filter)).toBe(reason);
  });
});

import { describe, expect, test } from 'vitest';
import { PullmendError } from '../../base/index.ts';
import { formatReference, parseReference } from '../../image/index.ts';
import { addMirrors, parseMirrorSet, presetMirrors } from '../mirrors/index.ts';
import { otherNames, requestFor, serviceNamed, services } from './index.ts';

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return error instanceof PullmendError ? error.code : String(error);
  }
  return undefined;
}

describe('requestFor', () => {
  test.each([
    ['linuxba', 'nginx', '[PORTER]nginx:latest'],
    ['linuxba', 'bitnami/redis:7', '[PORTER]bitnami/redis:7'],
    ['linuxba', 'registry.k8s.io/pause:3.9', '[PORTER]registry.k8s.io/pause:3.9'],
    ['daocloud', 'nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['anjia0532', 'quay.io/a/b:v1', '[PORTER]quay.io/a/b:v1'],
  ])('%s is asked for %s', (via, image, title) => {
    const request = requestFor(via, parseReference(image), undefined);
    expect(request.title).toBe(title);
    const link = new URL(request.link);
    expect([link.host, link.searchParams.get('title')]).toEqual(['github.com', title]);
    expect(link.pathname).toBe(`/${request.repository}/issues/new`);
  });

  test('the text of hub-mirror is JSON', () => {
    const { body } = requestFor('hub-mirror', parseReference('nginx:1'), 'me/hub-mirror');
    expect(JSON.parse(body)).toEqual({ platform: '', 'hub-mirror': ['nginx:1'] });
  });

  const pinned = `nginx@sha256:${'a'.repeat(64)}`;
  test.each([
    ['linuxba', pinned, undefined, 'PM_REQUEST_REFUSED'],
    ['anjia0532', 'ghcr.corp/a:1', undefined, 'PM_REQUEST_REFUSED'],
    ['hub-mirror', 'nginx', undefined, 'PM_REQUEST_NEEDS_REPO'],
    ['linuxab', 'nginx', undefined, 'PM_REQUEST_SERVICE_UNKNOWN'],
  ])('%s refuses %s', (via, image, repo, code) => {
    expect(codeOf(() => requestFor(via, parseReference(image), repo))).toBe(code);
  });
});

test('otherNames has the name that was really pushed, and the one that is reported', () => {
  const text = addMirrors('', 'f', presetMirrors('harbor', 'h.corp').mirrors);
  const [, library] = parseMirrorSet(text, 'f').mirrors;
  const names = (image: string) =>
    library && otherNames(serviceNamed('linuxba'), library, parseReference(image)).map(formatReference);
  expect(names('registry.k8s.io/ingress-nginx/controller:v1')).toEqual([
    'h.corp/library/ingress-nginx/controller:v1',
    'h.corp/library/controller:v1',
    'h.corp/library/registry.k8s.io/ingress-nginx/controller:v1',
  ]);
  expect(names('gcr.io/a/b/c:1')).toContain('h.corp/library/b/c:1');
  expect(library && otherNames(serviceNamed('daocloud'), library, parseReference('nginx'))).toEqual([]);
  expect(services.length).toBe(6);
});

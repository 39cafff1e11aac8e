import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, startFaultyRegistry, type FaultyRegistry } from '../../../test/support/faulty.ts';
import { startHarbor, type FakeHarbor, type FakeProject } from '../../../test/support/harbor.ts';
import { makeImage, pushToStore } from '../../../test/support/images.ts';
import { createMender } from '../../flows/index.ts';
import { runIn } from './testing/world.ts';

let harbor: FakeHarbor;
let origin: FaultyRegistry;
let folder: string;

beforeEach(async () => {
  [harbor, origin] = await Promise.all([startHarbor(), startFaultyRegistry()]);
  folder = await mkdtemp(join(tmpdir(), 'pullmend-check-'));
  await logIn('admin:Harbor12345');
});
afterEach(async () => {
  await Promise.all([harbor.close(), origin.close()]);
  await rm(folder, { recursive: true });
  expect(harbor.malformed).toEqual([]);
});

async function logIn(user: string): Promise<void> {
  const auth = Buffer.from(user).toString('base64');
  const auths = user === '' ? {} : { [harbor.authority]: { auth } };
  await writeFile(join(folder, 'config.json'), JSON.stringify({ auths }));
}

/** Checks one mirror on the Harbor; `docker.io` is a registry of this process. */
async function check(mirror: object, ...flags: readonly string[]) {
  const config = join(folder, 'mirrors.yaml');
  const written = { name: 'm', plainHttp: true, ...mirror };
  await writeFile(
    config,
    JSON.stringify({ apiVersion: 'pullmend.dev/v1alpha1', kind: 'MirrorSet', mirrors: [written] }),
  );
  const dial = { host: '127.0.0.1', port: origin.port };
  const ran = await runIn(
    {
      env: { DOCKER_CONFIG: folder, XDG_STATE_HOME: folder },
      createMender: async (options) =>
        await createMender({ ...options, hosts: { 'docker.io': { plainHttp: true, dial } } }),
    },
    'mirrors',
    'check',
    '--config',
    config,
    ...flags,
  );
  return { ...ran, text: ran.out.replaceAll(/\s+/g, ' ') };
}

function proxy(name: string, more: Partial<FakeProject> = {}): FakeProject {
  const { id } = harbor.addEndpoint('hub', 'docker-hub', 'https://hub.docker.com');
  return harbor.addProject(name, { registry_id: id, metadata: { public: 'true' }, ...more });
}

const at = (project: string): string => `${harbor.authority}/${project}`;
const isHub = { scheme: 'harbor-proxy', match: ['docker.io/**'] };

describe('mirrors check on a Harbor', () => {
  beforeEach(async () => {
    await pushToStore(harbor.registry.store, 'p/library/busybox', 'latest', await makeImage({ seed: 'b' }));
    await pushToStore(harbor.registry.store, 'p/busybox', 'latest', await makeImage({ seed: 'b' }));
    await pushToStore(origin.store, 'library/busybox', 'latest', await makeImage({ seed: 'b' }));
  });

  test('one that is well is said to be one, and nothing more', async () => {
    proxy('p');
    const { code, text } = await check({ ...isHub, at: at('p') });
    expect(code).toBe(0);
    expect(text).toContain('Harbor v2.14.0-abcdef');
    expect(text).not.toMatch(/✘|!/);
  });

  test.each<[string, () => void, object, string, number]>([
    ['a missing project', () => undefined, isHub, 'project p does not exist', 3],
    [
      'an unhealthy endpoint',
      () => {
        proxy('p');
        Object.assign(harbor.endpoints[0] ?? {}, { status: 'unhealthy' });
      },
      isHub,
      'endpoint hub (https://hub.docker.com) is unhealthy',
      3,
    ],
    [
      'another upstream',
      () => void proxy('p'),
      { ...isHub, match: ['gcr.io/**'] },
      'is a proxy of docker.io, and the mirror is for gcr.io',
      3,
    ],
    [
      'no proxy',
      () => void harbor.addProject('p', { metadata: { public: 'true' } }),
      isHub,
      'is no proxy',
      3,
    ],
    [
      'library/ forgotten',
      () => void proxy('p'),
      { scheme: 'harbor-library', match: ['docker.io/**'] },
      'drops "library/"',
      0,
    ],
    [
      'pushes to a proxy',
      () => void proxy('p'),
      { ...isHub, writable: true },
      'is a proxy, nothing can be pushed',
      3,
    ],
    [
      'a full quota',
      () =>
        void harbor.addProject('p', {
          metadata: { public: 'true' },
          quota: { hard: 2 ** 30, used: 2 ** 30 },
        }),
      { scheme: 'harbor-library', writable: true },
      'uses 1 GiB of its 1 GiB',
      3,
    ],
    [
      'immutable tags',
      () =>
        void harbor.addProject('p', {
          metadata: { public: 'true' },
          immutable: [{ id: 1, disabled: false, tag_selectors: [{ kind: 'doublestar', pattern: 'v*' }] }],
        }),
      { scheme: 'harbor-library', writable: true },
      'has immutable tags (v*)',
      0,
    ],
    [
      'a vulnerability policy',
      () => void proxy('p', { metadata: { public: 'true', prevent_vul: 'true', severity: 'high' } }),
      isHub,
      'refuses images with vulnerabilities from "high" on',
      0,
    ],
    [
      'signed images only',
      () => void proxy('p', { metadata: { public: 'true', enable_content_trust_cosign: 'true' } }),
      isHub,
      'gives signed images only',
      0,
    ],
    ['a private project', () => void proxy('p', { metadata: { public: 'false' } }), isHub, 'is private', 3],
    [
      'a filter',
      () => void proxy('p', { metadata: { public: 'true', proxy_cache_filter_pattern: 'acme/**' } }),
      isHub,
      'only serves names like acme/**',
      0,
    ],
    [
      'a read-only Harbor',
      () => {
        harbor.addProject('p', { metadata: { public: 'true' } });
        harbor.readOnly = true;
      },
      { scheme: 'harbor-library', writable: true },
      'the Harbor is read-only',
      3,
    ],
    [
      'components',
      () => {
        proxy('p');
        harbor.unhealthy = ['database', 'jobservice'];
      },
      isHub,
      'not healthy: database, jobservice',
      3,
    ],
  ])('%s', async (_, prepare, mirror, said, code) => {
    prepare();
    const ran = await check({ ...mirror, at: at('p') });
    expect(ran.text).toContain(said);
    expect(ran.code).toBe(code);
    const report = JSON.parse((await check({ ...mirror, at: at('p') }, '-o', 'json')).out);
    expect(report.checks[0].harbor.findings).toHaveLength(1);
  });

  test.each([
    ['', 'is missing or private'],
    ['ann:hunter3', 'is missing or private'],
    ['admin:hunter2', 'user name or password of admin refused'],
  ])('with the login "%s" it says what it could not see', async (user, said) => {
    await logIn(user);
    proxy('p', { metadata: { public: 'false' } });
    const ran = await check({ ...isHub, at: at('p') });
    expect(ran.text).toContain(said);
    expect(ran.out + ran.err).not.toMatch(/hunter/);
  });

  test('an API that fails leaves the check of the mirror as it is', async () => {
    proxy('p');
    harbor.broken = (operation) => (operation === 'summary' ? 500 : undefined);
    const ran = await check({ ...isHub, at: at('p') });
    expect(ran.text).toMatch(/m .*works.* could not be looked at: GET .*summary → 500/);
    expect(ran.code).toBe(0);
  });

  test('an image that the policy of the project blocks', async () => {
    proxy('p');
    const api = harbor.registry.fault;
    const body =
      '{"errors":[{"code":"PROJECTPOLICYVIOLATION","message":"current image with 7 vulnerabilities cannot be pulled"}]}';
    harbor.registry.fault = (request, response) =>
      request.url?.includes('/manifests/') === true
        ? answer(response, 412, { 'content-type': 'application/json' }, body)
        : (api?.(request, response) ?? false);
    const ran = await check({ ...isHub, at: at('p') });
    expect(ran.text).toContain('PM_REGISTRY_FORBIDDEN');
    expect(ran.text).toContain('cannot be pulled');
  });
});

describe('mirrors check', () => {
  const mirror = { scheme: 'harbor-proxy', match: ['docker.io/**'] };

  test('a copy that is not what the origin has now, and lacks a platform', async () => {
    await pushToStore(harbor.registry.store, 'p/library/busybox', 'latest', await makeImage({ seed: 'old' }));
    const { registry } = harbor;
    const two = await makeImage({ seed: 'new', platforms: ['linux/amd64', 'linux/s390x'] });
    await pushToStore(origin.store, 'library/busybox', 'latest', two);
    const ran = await check({ ...mirror, at: `${registry.authority}/p` });
    expect(ran.text).toContain('its copy of docker.io/library/busybox:latest is not what the origin has now');
    expect(ran.text).toContain('lacks linux/s390x');
  });

  test('a refusal by a list is no failure of the mirror', async () => {
    const body =
      '{"errors":[{"code":"DENIED","message":"这镜像不在白名单。this image is not in the allowlist."}]}';
    harbor.registry.fault = (_request, response) =>
      answer(response, 403, { 'content-type': 'application/json' }, body);
    const ran = await check({ ...mirror, at: at('p') });
    expect(ran.code).toBe(0);
    expect(ran.text).toContain('gives only images that its owner listed');
    expect(ran.text).not.toContain('PM_REGISTRY_FORBIDDEN');
  });

  test.each([
    [429, 'toomanyrequests: You have reached your pull rate limit.'],
    [403, '{"errors":[{"code":"toomanyrequests","message":"slow down"}]}'],
  ])('throttling is told as such: %i', async (status, body) => {
    harbor.registry.fault = (_request, response) => answer(response, status, {}, body);
    const ran = await check({ ...mirror, at: at('p') });
    expect(ran.code).toBe(0);
    expect(ran.text).toContain('PM_REGISTRY_RATE_LIMITED');
  });
});

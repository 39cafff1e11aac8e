import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startHarbor, type FakeHarbor } from '../../../test/support/harbor.ts';
import { createMender } from '../../flows/index.ts';
import { runIn, type Ran, type WorldOptions } from './testing/world.ts';

let harbor: FakeHarbor;
let folder: string;
let config: string;

beforeEach(async () => {
  harbor = await startHarbor();
  folder = await mkdtemp(join(tmpdir(), 'pullmend-setup-'));
  config = join(folder, 'mirrors.yaml');
  await logIn('admin:Harbor12345');
  await configure(
    `{ name: hub, scheme: harbor-proxy, at: HARBOR/proxy, plainHttp: true }`,
    `{ name: quay, scheme: harbor-proxy, at: HARBOR/quay, match: ["quay.io/**"], credentials: docker-config, plainHttp: true }`,
    `{ name: copies, scheme: harbor-library, at: HARBOR/library, writable: true, plainHttp: true }`,
  );
});
afterEach(async () => {
  await harbor.close();
  await rm(folder, { recursive: true });
  expect(harbor.malformed).toEqual([]);
});

async function configure(...mirrors: readonly string[]): Promise<void> {
  const list = mirrors.map(
    (it) => `  - ${it.replaceAll('HARBOR', `"${harbor.authority}`).replace(/("127[^,]*),/g, '$1",')}`,
  );
  await writeFile(
    config,
    `apiVersion: pullmend.dev/v1alpha1\nkind: MirrorSet\nmirrors:\n${list.join('\n')}\n`,
  );
}

async function logIn(user: string): Promise<void> {
  const auth = Buffer.from(user).toString('base64');
  await writeFile(join(folder, 'config.json'), JSON.stringify({ auths: { [harbor.authority]: { auth } } }));
}

async function setup(flags: readonly string[], world: WorldOptions = {}): Promise<Ran> {
  const env = { DOCKER_CONFIG: folder, XDG_STATE_HOME: folder };
  return await runIn({ createMender, env, ...world }, 'mirrors', 'setup', '--config', config, ...flags);
}

const isPublic = (name: string): string | undefined =>
  harbor.projects.find((it) => it.name === name)?.metadata['public'];

describe('mirrors setup', () => {
  test('makes all of it on a fresh Harbor, and nothing the second time', async () => {
    const first = await setup(['--yes', '--robot', 'login.json', '--keep-last', '5']);
    expect([first.code, first.err]).toEqual([0, '']);
    expect(harbor.endpoints).toMatchObject([
      { name: 'docker.io', type: 'docker-hub', url: 'https://hub.docker.com' },
      { name: 'quay.io', type: 'docker-registry', url: 'https://quay.io' },
    ]);
    expect(harbor.projects.map(({ name, registry_id }) => [name, registry_id, isPublic(name)])).toEqual([
      ['proxy', harbor.endpoints[0]?.id, 'true'],
      ['quay', harbor.endpoints[1]?.id, 'false'],
      ['library', undefined, 'true'],
    ]);
    expect(harbor.writes.at(-1)).toBe('createRobot');
    const [secret = ''] = harbor.secrets;
    expect(JSON.parse(first.files['login.json'] ?? '')).toMatchObject({
      auths: { [harbor.authority]: { username: 'robot$pullmend-pull', password: secret } },
    });
    expect(first.out).not.toContain(secret);

    const made = harbor.writes.length;
    const second = await setup(['--yes', '--robot', 'other.json', '--keep-last', '5']);
    expect(second.code).toBe(0);
    expect(second.out).toContain('nothing to do: everything is there');
    expect(second.files).toEqual({});
    expect(harbor.writes).toHaveLength(made);
  });

  test('a robot that has expired is told, and one that is there keeps its secret to itself', async () => {
    await setup(['--yes', '--robot', 'login.json']);
    expect((await setup(['--yes', '--robot', 'login.json'])).out).toMatch(/robot\$pullmend-pull[^]*refresh/i);
    const [robot] = harbor.robots;
    if (robot === undefined) expect.unreachable();
    Object.assign(robot, { expires_at: 1_000_000_000 });
    const ran = await setup(['--yes', '--robot', 'login.json']);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/PM_HARBOR_DIFFERS[^]*expired at\s+2001-09-09[^]*delete the robot/);
  });

  test('a project that is private under a mirror without credentials is told, and nothing is made', async () => {
    await setup(['--yes']);
    const project = harbor.projects.find(({ name }) => name === 'library');
    if (project === undefined) expect.unreachable();
    Object.assign(project.metadata, { public: 'false' });
    const made = harbor.writes.length;
    const ran = await setup(['--yes', '--robot', 'login.json']);
    expect([ran.code, harbor.writes.length]).toEqual([1, made]);
    expect(ran.err).toMatch(/PM_HARBOR_DIFFERS[^]*library[^]*is private/);
  });

  test('a robot gets one entry for each project, whatever it could do there before', async () => {
    await setup(['--yes', '--robot', 'login.json']);
    const [robot] = harbor.robots;
    if (robot === undefined) expect.unreachable();
    const push = { resource: 'repository', action: 'push' };
    Object.assign(robot, { permissions: [{ kind: 'project', namespace: 'library', access: [push] }] });
    const ran = await setup(['--yes', '--robot', 'login.json']);
    expect(ran.code).toBe(0);
    const entries = harbor.robots[0]?.['permissions'] as readonly { namespace: string; access: object[] }[];
    expect(entries.map(({ namespace, access }) => [namespace, access.length])).toEqual([
      ['library', 2],
      ['proxy', 1],
      ['quay', 1],
    ]);
  });

  test('a dry run tells exactly what the run makes, and makes nothing', async () => {
    const flags = ['--robot', 'login.json', '--keep-last', '5', '-o', 'json'];
    const dry = JSON.parse((await setup([...flags, '--dry-run'])).out);
    expect(harbor.writes).toEqual([]);
    const real = await setup([...flags, '--yes']);
    expect(JSON.parse(real.out)).toEqual({ ...dry, outcome: 'done' });
    expect(dry.outcome).toBe('dry-run');
    expect(dry.steps).toHaveLength(harbor.writes.length);
    expect(real.out).not.toContain(harbor.secrets[0]);
  });

  test.each([
    [['y'], 0, 5],
    [['n'], 1, 0],
    [[], 1, 0],
  ])('asks before it changes anything: %j', async (answers, code, writes) => {
    const ran = await setup([], { terminal: true, answers });
    expect(ran.code).toBe(code);
    expect(ran.asked).toHaveLength(1);
    expect(ran.out).toContain('proxy project proxy of docker.io');
    expect(harbor.writes).toHaveLength(writes);
  });

  test('changes nothing where nobody can be asked', async () => {
    const ran = await setup([]);
    expect([ran.code, harbor.writes]).toEqual([2, []]);
    expect(ran.err).toContain('PM_NEEDS_YES');
  });

  test('goes on from a half-made state', async () => {
    harbor.addEndpoint('hub of ours', 'docker-hub', 'https://hub.docker.com');
    harbor.addProject('library', { metadata: { public: 'true' } });
    const ran = await setup(['--yes']);
    expect(ran.code).toBe(0);
    expect(harbor.writes).toEqual(['createProject', 'createEndpoint', 'createProject']);
    expect(harbor.projects.find(({ name }) => name === 'proxy')?.registry_id).toBe(harbor.endpoints[0]?.id);
  });

  test.each(['createEndpoint', 'createProject', 'createRetention', 'createRobot'])(
    'a server error at %s ends it, and the next run completes',
    async (operation) => {
      const flags = ['--yes', '--robot', 'login.json', '--keep-last', '5'];
      let times = 0;
      const last = ['createRetention', 'createRobot'].includes(operation) ? 1 : 2;
      harbor.broken = (it) => (it === operation && ++times >= last ? 500 : undefined);
      const first = await setup(flags);
      expect(first.code).toBe(3);
      expect(first.err).toContain('PM_HARBOR_HALF_DONE');
      expect(first.err.replaceAll(/\s+/g, ' ')).toContain(`${harbor.writes.length} of 7 things were made`);
      expect(first.files['login.json'] ?? '').toBe('');
      harbor.broken = () => undefined;
      const second = await setup(flags, { files: first.files });
      expect([second.code, second.err]).toEqual([0, '']);
      expect([harbor.projects.length, harbor.endpoints.length, harbor.robots.length]).toEqual([3, 2, 1]);
      expect(second.files['login.json']).toContain(harbor.secrets.at(-1));
    },
  );

  test.each([
    ['no proxy', () => void harbor.addProject('proxy'), 'is no proxy of docker.io'],
    [
      'another upstream',
      () => {
        const { id } = harbor.addEndpoint('g', 'docker-registry', 'https://gcr.io');
        harbor.addProject('proxy', { registry_id: id });
      },
      'is a proxy of gcr.io, not of docker.io',
    ],
    [
      'a proxy where copies go',
      () => {
        const { id } = harbor.addEndpoint('g', 'docker-registry', 'https://gcr.io');
        harbor.addProject('library', { registry_id: id });
      },
      'is a proxy of gcr.io: nothing can be pushed to it',
    ],
    [
      'an endpoint of that name',
      () => void harbor.addEndpoint('docker.io', 'docker-registry', 'https://mirror.corp'),
      'leads to https://mirror.corp',
    ],
  ])('refuses %s, and changes nothing', async (_, prepare, said) => {
    prepare();
    const ran = await setup(['--yes']);
    expect(ran.code).toBe(1);
    expect(ran.err.replaceAll(/\s+/g, ' ')).toContain(said);
    expect(harbor.writes).toEqual([]);
  });

  test('refuses a retention of another kind, and a robot that is disabled', async () => {
    await setup(['--yes', '--robot', 'login.json', '--keep-last', '5']);
    const other = await setup(['--yes', '--keep-last', '6']);
    expect(other.err).toContain('latestPushedK 5');
    Object.assign(harbor.robots[0] ?? {}, { disable: true });
    const robot = await setup(['--yes', '--robot', 'login.json']);
    expect(robot.err).toContain('is disabled');
  });

  test.each(['robot$x-pullmend-pull', 'robot$shop+pullmend-pull'])(
    'leaves %s to whose it is, and makes a robot of its own',
    async (name) => {
      await setup(['copies', '--yes', '--robot', 'login.json']);
      Object.assign(harbor.robots[0] ?? {}, { name });
      const before = structuredClone(harbor.robots[0]);
      await setup(['--yes', '--robot', 'other.json']);
      expect(harbor.robots[0]).toEqual(before);
      expect(harbor.robots.map((robot) => robot.name)).toEqual([name, 'robot$pullmend-pull']);
    },
  );

  test('a robot that is there gets the new projects, and keeps its secret', async () => {
    await setup(['copies', '--yes', '--robot', 'login.json']);
    const ran = await setup(['--yes', '--robot', 'login.json']);
    expect([ran.code, ran.files]).toEqual([0, {}]);
    expect(harbor.robots).toHaveLength(1);
    expect(harbor.robots[0]?.permissions).toMatchObject([
      { namespace: 'library' },
      { namespace: 'proxy' },
      { namespace: 'quay' },
    ]);
    expect(harbor.secrets).toHaveLength(1);
  });

  test('a replication only where it is asked for, under the names of the mirror', async () => {
    await configure(
      '{ name: copies, scheme: harbor-library, at: HARBOR/library, match: ["docker.io/**"], writable: true, plainHttp: true }',
    );
    const flags = ['--yes', '--replicate', 'library/*'];
    expect((await setup(flags)).code).toBe(0);
    expect(harbor.rules).toMatchObject([
      {
        name: 'pullmend-copies-library',
        src_registry: { id: harbor.endpoints[0]?.id },
        dest_namespace: 'library',
        dest_namespace_replace_count: 1,
        trigger: { type: 'manual' },
        filters: [{ type: 'name', value: 'library/*' }],
      },
    ]);
    const made = harbor.writes.length;
    expect((await setup(flags)).out).toContain('nothing to do');
    const rule = structuredClone(harbor.rules[0]);
    for (const [change, said] of [
      [{ dest_namespace: 'elsewhere' }, 'elsewhere'],
      [{ enabled: false }, 'disabled'],
      [
        {
          filters: [
            { type: 'name', value: 'library/*' },
            { type: 'tag', value: 'v1.*' },
          ],
        },
        'tag "v1.*"',
      ],
    ] as const) {
      Object.assign(harbor.rules[0] ?? {}, rule, change);
      const { err } = await setup(flags);
      expect(err).toContain('PM_HARBOR_DIFFERS');
      expect(err).toContain(said);
    }
    const open = await setup(['--yes', '--replicate', '**']);
    expect(open.err.replaceAll(/\s+/g, ' ')).toContain('first part of the names');
    expect((await setup(['--yes', '--replicate', 'docker.io:x'])).code).toBe(2);
    expect(harbor.writes).toHaveLength(made);
  });

  test('a file that is there is not written over', async () => {
    const ran = await setup(['--yes', '--robot', 'login.json'], { files: { 'login.json': '{"mine":1}' } });
    expect(ran.code).toBe(4);
    expect(ran.files).toEqual({ 'login.json': '{"mine":1}' });
    expect(harbor.writes).toEqual([]);
  });

  test.each([
    ['admin:hunter2', 'PM_HARBOR_UNAUTHORIZED'],
    ['ann:hunter3', 'PM_HARBOR_FORBIDDEN'],
  ])('as %s: %s', async (user, code) => {
    await logIn(user);
    const ran = await setup(['--yes']);
    expect(ran.code).toBe(4);
    expect(ran.err).toContain(code);
    expect(ran.err).not.toContain(user.split(':')[1]);
    expect(harbor.writes).toEqual([]);
  });

  test('without a login', async () => {
    await writeFile(join(folder, 'config.json'), '{}');
    const ran = await setup(['--yes']);
    expect([ran.code, harbor.writes]).toEqual([4, []]);
    expect(ran.err).toContain('PM_HARBOR_NO_LOGIN');
  });

  test('a registry that the Harbor cannot reach is told', async () => {
    harbor.unreachable.push('hub.docker.com');
    const ran = await setup(['--yes']);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('the registry is unhealthy');
    expect(ran.err).toContain('HTTPS_PROXY');
  });

  test('what is no work for it is said; asked for by name, it is refused', async () => {
    await configure(
      '{ name: deep, scheme: harbor-proxy, at: HARBOR/proxy/deep, plainHttp: true }',
      '{ name: read, scheme: drop-host, at: HARBOR/read, plainHttp: true }',
      '{ name: two, scheme: harbor-proxy, at: HARBOR/two, match: ["a.io/**", "b.io/**"], plainHttp: true }',
      '{ name: hosts, scheme: prefix-host-path, at: HARBOR, match: ["ghcr.io/**", "gcr.io/a/*"], writable: true, plainHttp: true }',
    );
    const ran = await setup(['--yes']);
    expect(ran.code).toBe(0);
    expect(harbor.projects.map(({ name }) => name)).toEqual(['ghcr.io', 'gcr.io']);
    const again = await setup([]);
    expect(again.out).toContain('nothing can be set up for read');
    for (const name of ['deep', 'read', 'two']) expect((await setup([name])).code).toBe(2);
  });

  test('a host that is no Harbor is left alone, and gets no password', async () => {
    harbor.registry.fault = undefined;
    const ran = await setup(['--yes']);
    expect(ran.out).toContain('its host is no Harbor');
    expect(harbor.registry.seen.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  test('a redirect is not followed', async () => {
    const before = harbor.registry.fault;
    harbor.registry.fault = (request, response) => {
      if (request.url?.includes('/ping') === true) return before?.(request, response) ?? false;
      response.writeHead(307, { location: `http://localhost:${harbor.registry.port}/elsewhere` }).end();
      return true;
    };
    const ran = await setup(['--yes']);
    expect(ran.code).not.toBe(0);
    expect(harbor.registry.seen.some(({ path }) => path === '/elsewhere')).toBe(false);
  });
});

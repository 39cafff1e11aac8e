import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApiServer, writeKubeconfig, type ApiServer } from '../../../../test/support/apiserver.ts';
import { startFaultyRegistry, type FaultyRegistry } from '../../../../test/support/faulty.ts';
import { freePort } from '../../../../test/support/free-port.ts';
import { makeImage, pushToStore } from '../../../../test/support/images.ts';
import { readField } from '../../../core/edit/index.ts';
import { mirrorHosts, presets } from '../../../core/knowledge/mirrors/index.ts';
import type { JsonObject } from '../../../core/model/index.ts';
import { createMender } from '../../../flows/index.ts';
import { runIn, type Ran, type WorldOptions } from '../testing/world.ts';
import { fittingPresets, mirrorSetOf } from './trial.ts';

const blocked = 'docker.io/acme/app:v1';
const copy = 'm.daocloud.io/docker.io/acme/app:v1';

let folder: string;
let api: ApiServer;
let daocloud: FaultyRegistry;
let nowhere: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-way-in-'));
  [api, daocloud, nowhere] = await Promise.all([startApiServer(), startFaultyRegistry(), freePort()]);
  await pushToStore(daocloud.store, 'docker.io/acme/app', 'v1', await makeImage({ seed: 'app' }));
  failingDeployment();
  playKubelet();
});

afterEach(async () => {
  await Promise.all([api.close(), daocloud.close()]);
  await rm(folder, { recursive: true, force: true });
});

function failingDeployment(): void {
  const labels = { app: 'web' };
  const container = { name: 'app', image: blocked };
  const [deployment] = api.put(
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: 'shop', name: 'web' },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container] } },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n1' },
      status: { nodeInfo: { operatingSystem: 'linux', architecture: 'amd64' }, conditions: [] },
    },
  );
  const message = `failed to pull "${blocked}": failed to do request: dial tcp 192.0.2.1:443: i/o timeout`;
  pod(blocked, String(readField(deployment ?? {}, '/metadata/uid')), {
    waiting: { reason: 'ErrImagePull', message },
  });
}

function pod(image: string, uid: string, state: JsonObject): void {
  api.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace: 'shop',
      name: 'web-1',
      labels: { app: 'web' },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid, controller: true }],
    },
    spec: { nodeName: 'n1', containers: [{ name: 'app', image }] },
    status: {
      phase: state.running === undefined ? 'Pending' : 'Running',
      containerStatuses: [{ name: 'app', imageID: state.running === undefined ? '' : image, state }],
    },
  });
}

/** The pod of the changed Deployment runs when the name is one that the public mirror has. */
function playKubelet(): void {
  api.onWrite(async () => {
    const deployment = api.get('Deployment', 'shop', 'web');
    if (deployment !== undefined && imageNow() === copy) {
      pod(copy, String(readField(deployment, '/metadata/uid')), { running: {} });
    }
  });
}

function imageNow(): unknown {
  return readField(api.get('Deployment', 'shop', 'web') ?? {}, '/spec/template/spec/containers/0/image');
}

/** Every host that could be asked leads to this process. */
function hosts() {
  const closed = { plainHttp: true, dial: { host: '127.0.0.1', port: nowhere } };
  const public_ = fittingPresets(['docker.io/a/b:1', 'quay.io/a/b:1', 'registry.k8s.io/a:1', 'gcr.io/a/b:1']);
  const names = public_.flatMap(({ mirrors }) => mirrorSetOf(mirrors).mirrors.flatMap(mirrorHosts));
  return {
    ...Object.fromEntries(
      [...names, 'docker.io', 'registry-1.docker.io', 'harbor.corp'].map((name) => [name, closed]),
    ),
    'm.daocloud.io': { plainHttp: true, dial: { host: '127.0.0.1', port: daocloud.port } },
  };
}

async function pullmend(options: WorldOptions, ...argv: readonly string[]): Promise<Ran> {
  const kubeconfig = await writeKubeconfig(folder, api, { namespace: 'shop' });
  return await runIn(
    {
      ...options,
      home: folder,
      readFile: async (path) => await readFile(path, 'utf8'),
      writeFile: async (path, text) => {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, text);
      },
      createMender: async (given) => await createMender({ ...given, kubeconfig, hosts: hosts() }),
    },
    ...argv,
  );
}

async function configuration(): Promise<string | undefined> {
  return await readFile(join(folder, '.config/pullmend/config.yaml'), 'utf8').catch(() => undefined);
}

describe('no mirror is configured', () => {
  test('from fix to pods that run in one sitting: a public mirror, tried and written after a yes', async () => {
    // Public mirrors; ask them; not from the nodes; the first of them; write it; use what nothing proves; apply.
    const ran = await pullmend({ answers: ['2', 'y', 'n', '1', 'y', 'y', 'y'] }, 'fix', '-A');
    expect(ran.out).toContain('no mirror is configured. Where may copies of 1 image come from?');
    expect(ran.out).toContain('Public and free; only images on its allow list');
    expect(ran.out).toMatch(/1 {2}daocloud +unverified digest · has 1 image/);
    expect(ran.asked).toHaveLength(7);
    expect(imageNow()).toBe(copy);
    expect(ran.out).toContain('1 of 1 pod starts');
    expect(await configuration()).toContain('m.daocloud.io');
    expect(ran.code).toBe(0);
  });

  test('nobody is asked for anything, and nothing is written, without a yes', async () => {
    const ran = await pullmend({ answers: ['2', 'n', 'n'] }, 'fix', '-A');
    expect(daocloud.seen).toEqual([]);
    expect(await configuration()).toBeUndefined();
    expect(ran.out).toMatch(/nothing was written; when you know where copies come from:\s+pullmend init/);
    expect(ran.code).toBe(1);
  });

  test('what was tried is not kept after a no', async () => {
    const ran = await pullmend({ answers: ['2', 'y', 'n', '1', 'n', 'n'] }, 'plan', '-A');
    expect(await configuration()).toBeUndefined();
    expect(ran.code).not.toBe(0);
    expect(imageNow()).toBe(blocked);
  });

  test('every question can be answered: wrong answers are asked again, the end of input is a no', async () => {
    const ran = await pullmend({ answers: ['7', 'x', '3', 'not a host', ''] }, 'fix', '-A');
    expect(ran.out).toContain('please answer with one of the letters or numbers');
    expect(ran.out).toContain('"not a host" is not an address');
    expect(await configuration()).toBeUndefined();
  });

  test('a service that copies: the commands, for the images that are wanted', async () => {
    const ran = await pullmend({ answers: ['4'] }, 'fix', '-A');
    expect(ran.out).toContain('pullmend request docker.io/acme/app:v1 --via');
  });

  test('where nobody can be asked, the way to go is told', async () => {
    const ran = await pullmend({}, 'fix', '-A', '--yes');
    expect(ran.err).toContain('PM_NO_MIRRORS');
    expect(ran.err).toContain('pullmend init');
    expect(ran.code).toBe(2);
  });

  test('in Chinese', async () => {
    const ran = await pullmend({ answers: ['2', 'y', 'n', '1', 'y', 'y', 'y'] }, 'fix', '-A', '--lang', 'zh');
    expect(ran.out).toContain('没有配置镜像站。1 个镜像的副本可以从哪里来？');
    expect(imageNow()).toBe(copy);
  });
});

describe('a public mirror is configured, and nothing proves its copy', () => {
  beforeEach(async () => {
    const file = join(folder, '.config/pullmend/config.yaml');
    await mkdir(dirname(file), { recursive: true });
    const mirror = '{ name: daocloud, scheme: prefix-host-path, at: m.daocloud.io }';
    await writeFile(file, `apiVersion: pullmend.dev/v1alpha1\nkind: MirrorSet\nmirrors:\n  - ${mirror}\n`);
  });

  test('it is used after a yes to this image, and another to the plan', async () => {
    const ran = await pullmend({ answers: ['y', 'y'] }, 'fix', '-A');
    expect(ran.asked[0]).toContain(`${blocked}: nothing proves that ${copy} of the public mirror daocloud`);
    expect(ran.asked).toHaveLength(2);
    expect(imageNow()).toBe(copy);
    expect(ran.code).toBe(0);
  });

  test('a yes to everything is none to it, and after a no nothing changes', async () => {
    const ran = await pullmend({ answers: ['n'] }, 'fix', '-A', '--yes');
    expect(ran.asked).toHaveLength(1);
    expect(imageNow()).toBe(blocked);
    const unasked = await pullmend({}, 'fix', '-A', '--yes');
    expect(imageNow()).toBe(blocked);
    expect(unasked.code).toBe(1);
  });
});

describe('init', () => {
  test('asks where, which and whether, and writes the file', async () => {
    const ran = await pullmend({ answers: ['3', 'https://harbor.corp/', 'y'] }, 'init');
    expect(await configuration()).toContain('at: harbor.corp/proxy');
    expect(ran.out).toContain('next: pullmend mirrors check, then pullmend fix -A');
    expect(ran.code).toBe(0);
  });

  test('a file of another name that is not there yet', async () => {
    const config = join(folder, 'mine.yaml');
    const ran = await pullmend({ answers: ['3', 'harbor.corp', 'y'] }, 'init', '--config', config);
    expect(ran.code).toBe(0);
    expect(await readFile(config, 'utf8')).toContain('harbor-library');
  });

  test('a cluster that cannot be read is not one whose pods show nothing', async () => {
    const { out } = await runIn(
      {
        answers: ['1', 'n'],
        home: folder,
        createMender,
        readFile: async (path) => await readFile(path, 'utf8'),
      },
      'init',
      '--kubeconfig',
      join(folder, 'no'),
    );
    expect(out).toContain('what this cluster uses  no cluster can be read from here');
    expect(out).toContain('name one with --kubeconfig FILE');
    expect(out).not.toContain('show no mirror');
  });

  test('without a terminal', async () => {
    expect((await pullmend({}, 'init')).err).toContain('PM_NEEDS_TERMINAL');
  });
});

test('every preset without a place of its own can be tried', () => {
  for (const { mirrors } of presets.filter((it) => !JSON.stringify(it.mirrors).includes('{at}'))) {
    expect(mirrorSetOf(mirrors).mirrors).toHaveLength(mirrors.length);
  }
});

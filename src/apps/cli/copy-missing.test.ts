import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApiServer, writeKubeconfig, type ApiServer } from '../../../test/support/apiserver.ts';
import {
  answer,
  basicAccess,
  startFaultyRegistry,
  type FaultyRegistry,
} from '../../../test/support/faulty.ts';
import { makeImage, pushToStore, type TestImage } from '../../../test/support/images.ts';
import { readField } from '../../core/edit/index.ts';
import type { JsonObject } from '../../core/model/index.ts';
import { createMender } from '../../flows/index.ts';
import { runIn, type WorldOptions } from './testing/world.ts';

const original = 'quay.io/acme/app:v1';
const target = 'harbor.corp/library/acme/app:v1';

let folder: string;
let api: ApiServer;
let quay: FaultyRegistry;
let harbor: FaultyRegistry;
let image: TestImage;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-copy-missing-'));
  [api, quay, harbor] = await Promise.all([startApiServer(), startFaultyRegistry(), startFaultyRegistry()]);
  image = await makeImage({ seed: 'app' });
  await pushToStore(quay.store, 'acme/app', 'v1', image);
  await configure({});
  fails('web', original);
  playKubelet();
});

afterEach(async () => {
  await Promise.all([api.close(), quay.close(), harbor.close()]);
  await rm(folder, { recursive: true, force: true });
});

async function configure(more: JsonObject): Promise<void> {
  const mirror = {
    name: 'copies',
    scheme: 'harbor-library',
    at: 'harbor.corp/library',
    writable: true,
    ...more,
  };
  const config = { apiVersion: 'pullmend.dev/v1alpha1', kind: 'MirrorSet', mirrors: [mirror] };
  await writeFile(join(folder, 'config.yaml'), JSON.stringify(config));
}

/** A Deployment whose pod cannot reach the registry of its image. */
function fails(name: string, of: string): void {
  const labels = { app: name };
  const [deployment] = api.put(
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: 'shop', name },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: of }] } },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n1' },
      status: { nodeInfo: { operatingSystem: 'linux', architecture: 'amd64' }, conditions: [] },
    },
  );
  const uid = String(readField(deployment ?? {}, '/metadata/uid'));
  const message = `failed to pull "${of}": failed to do request: dial tcp 192.0.2.1:443: i/o timeout`;
  pod(name, of, uid, { waiting: { reason: 'ErrImagePull', message } });
}

function pod(name: string, of: string, uid: string, state: JsonObject): void {
  api.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace: 'shop',
      name: `${name}-1`,
      labels: { app: name },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name, uid, controller: true }],
    },
    spec: { nodeName: 'n1', containers: [{ name: 'app', image: of }] },
    status: {
      phase: state.running === undefined ? 'Pending' : 'Running',
      containerStatuses: [{ name: 'app', imageID: state.running === undefined ? '' : of, state }],
    },
  });
}

/** The pod of a changed Deployment runs when the mirror really has the image. */
function playKubelet(): void {
  api.onWrite(async () => {
    for (const deployment of api.all('Deployment')) {
      const { name, uid } = deployment['metadata'] as { readonly name: string; readonly uid: string };
      const { template } = deployment['spec'] as never as {
        readonly template: { readonly spec: { readonly containers: readonly [{ readonly image: string }] } };
      };
      const [{ image: wanted }] = template.spec.containers;
      const [, repository = '', tag = ''] = /^harbor\.corp\/(.*):(.*)$/.exec(wanted) ?? [];
      const there = repository !== '' && (await harbor.store.getManifest(repository, tag));
      if (there) pod(name, wanted, uid, { running: {} });
    }
  });
}

const hostOf = ({ port }: FaultyRegistry) => ({ plainHttp: true, dial: { host: '127.0.0.1', port } });

async function pullmend(options: WorldOptions, ...argv: readonly string[]) {
  const kubeconfig = await writeKubeconfig(folder, api, { namespace: 'shop' });
  const hosts = { 'quay.io': hostOf(quay), 'harbor.corp': hostOf(harbor) };
  const config = join(folder, 'config.yaml');
  return await runIn(
    {
      ...options,
      createMender: async (given) =>
        await createMender({ ...given, kubeconfig, config, home: folder, hosts }),
    },
    ...argv,
  );
}

function wrote(registry: FaultyRegistry): readonly string[] {
  return registry.seen.filter(({ method }) => method === 'PUT' || method === 'PATCH').map(({ path }) => path);
}

function imageOf(name: string): unknown {
  return JSON.stringify(api.get('Deployment', 'shop', name)).match(/"image":"([^"]*)"/)?.[1];
}

async function copied(repository = 'library/acme/app', tag = 'v1'): Promise<boolean> {
  const manifest = await harbor.store.getManifest(repository, tag);
  return manifest?.digest === image.digest && Buffer.from(manifest.bytes).equals(image.bytes);
}

describe('fix', () => {
  test('makes the copy, whole, then changes the workload; undo leaves the copy', async () => {
    const { code, out } = await pullmend({}, 'fix', '--yes', '--no-color');
    expect(out).toContain(`   copy  ${original} → ${target}   made now\n`);
    expect(out).toContain('Deployment shop/web');
    expect(out).toMatch(/✔ quay\.io[^]*✔ Deployment shop\/web/);
    expect(out).toContain('1 of 1 pod start');
    expect(code).toBe(0);
    expect(await copied()).toBe(true);
    expect(wrote(harbor).at(-1)).toBe('/v2/library/acme/app/manifests/v1');
    expect(imageOf('web')).toBe(target);
    const undone = await pullmend({}, 'undo', '--yes', '--no-color');
    expect(undone.out).toMatch(/ · {2}harbor\.corp\/library\/acme\/app:v1\s+stays on the mirror/);
    expect(undone.code).toBe(0);
    expect(imageOf('web')).toBe(original);
    expect(await copied()).toBe(true);
  });

  test('the record has a receipt of the copy, and the report says what was made', async () => {
    const report = JSON.parse((await pullmend({}, 'fix', '--yes', '-o', 'json')).out);
    expect(report.record.status.receipts).toMatchObject([
      { state: 'applied', step: { kind: 'copy-image', source: original, target, digest: image.digest } },
      { state: 'applied', step: { kind: 'patch', needs: ['s1'] } },
    ]);
    expect(report.plan.spec.replacements).toMatchObject([{ with: target, identity: 'same', made: true }]);
  });

  test('a dry run asks whether the mirror would take it, and leaves nothing there', async () => {
    const { code, out } = await pullmend({}, 'fix', '--dry-run', '--no-color');
    expect([code, out.includes('every change would be accepted')]).toEqual([0, true]);
    expect(wrote(harbor)).toEqual([]);
    expect(harbor.seen.map(({ method }) => method)).toContain('DELETE');
    expect(imageOf('web')).toBe(original);
  });

  test('images of one plan are one job: what they share leaves its registry once', async () => {
    const files = [{ path: 'base', data: 'shared by both' }];
    const [one, two] = [await makeImage({ seed: 'one', files }), await makeImage({ seed: 'two', files })];
    await pushToStore(quay.store, 'acme/one', 'v1', one);
    await pushToStore(quay.store, 'acme/two', 'v1', two);
    fails('one', 'quay.io/acme/one:v1');
    fails('two', 'quay.io/acme/two:v1');
    expect((await pullmend({}, 'fix', '--yes')).code).toBe(0);
    const blobs = new Set([...one.blobs.keys(), ...two.blobs.keys()]);
    const got = quay.seen.flatMap(({ method, path }) =>
      method === 'GET' ? (/blobs\/(.*)$/.exec(path)?.[1] ?? []) : [],
    );
    const ofBoth = got.filter((digest) => blobs.has(digest));
    // The probe reads a config by itself when an image has no index; these have one.
    expect(ofBoth.length).toBe(blobs.size);
  });

  test('a plan file carries the copy, by digest, to another machine', async () => {
    const planned = await pullmend({}, 'plan', '--out', 'plan.yaml');
    expect(planned.files['plan.yaml']).toContain('kind: copy-image');
    const newer = await makeImage({ seed: 'newer' });
    await pushToStore(quay.store, 'acme/app', 'v1', newer);
    const { code } = await pullmend({ files: planned.files }, 'apply', 'plan.yaml', '--yes');
    expect([code, await copied()]).toEqual([0, true]);
  });
});

/** A manifest in the folder, as `fix -f` reads it. */
async function podFile(): Promise<string> {
  const file = join(folder, 'pod.yaml');
  await writeFile(file, podText(original));
  return file;
}

function podText(of: string): string {
  return `kind: Pod\napiVersion: v1\nmetadata: { name: app }\nspec:\n  containers:\n    - name: app\n      image: ${of}\n`;
}

describe('files', () => {
  /** A plan for the file that makes the copy first. */
  async function filePlan(): Promise<string> {
    const file = await podFile();
    const text = podText(original);
    const common = { needs: [], expect: [] };
    const copy = { kind: 'copy-image', source: original, target, mirror: 'copies', digest: image.digest };
    const at = { file, line: 7, column: 14, offset: text.indexOf(original), length: original.length };
    const edit = { kind: 'edit-file', file, sha256: createHash('sha256').update(text).digest('hex') };
    const expect = [{ place: 'container', container: 'app', imageBefore: original, imageAfter: target }];
    return JSON.stringify({
      apiVersion: 'pullmend.dev/v1alpha1',
      kind: 'RepairPlan',
      metadata: { name: 'r-files', createdAt: '2026-01-01T00:00:00Z' },
      spec: {
        replacements: [
          { image: original, with: target, mirror: 'copies', identity: 'same', platforms: [], made: true },
        ],
        steps: [
          { id: 's1', object: { apiVersion: 'v1', kind: 'Image', name: target }, ...common, ...copy },
          {
            id: 's2',
            object: { apiVersion: 'v1', kind: 'File', name: file },
            ...edit,
            needs: ['s1'],
            expect,
            edits: [{ ...at, before: original, after: target }],
          },
        ],
        unmended: [],
      },
    });
  }

  test('are changed after the copy is made, which is then read whole; undo brings them back', async () => {
    const stdin = await filePlan();
    const { code, out } = await pullmend({ stdin }, 'apply', '-', '--yes', '--no-color');
    expect(out).toContain('1 of 1 image can be pulled');
    expect([code, await copied()]).toEqual([0, true]);
    expect(await readFile(join(folder, 'pod.yaml'), 'utf8')).toBe(podText(target));
    const undone = await pullmend({}, 'undo', 'r-files', '--yes');
    expect(undone.code).toBe(0);
    expect(await readFile(join(folder, 'pod.yaml'), 'utf8')).toBe(podText(original));
    expect(await copied()).toBe(true);
  });

  test('stay as they are when it is not', async () => {
    harbor.fault = (request, response) => request.method === 'POST' && answer(response, 403);
    const { code } = await pullmend({ stdin: await filePlan() }, 'apply', '-', '--yes');
    expect(code).toBe(1);
    expect(await readFile(join(folder, 'pod.yaml'), 'utf8')).toBe(podText(original));
  });
});

describe('a copy that fails', () => {
  test.each([
    ['a read-only mirror', 403, 'PM_COPY_REFUSED'],
    ['a full disk', 507, 'PM_REGISTRY_SERVER_ERROR'],
  ] as const)(
    '%s: the change that needs it is left out, and said',
    async (_, status, error) => {
      harbor.fault = (request, response) =>
        ['POST', 'PUT', 'PATCH'].includes(request.method ?? '') && answer(response, status);
      const { code, out } = await pullmend({}, 'fix', '--yes', '--no-color');
      expect(code).toBe(1);
      expect(out).toMatch(/✘ quay\.io\/acme\/app:v1 → harbor\.corp/);
      expect(out).toContain(error);
      expect(out).toContain('PM_STEP_SKIPPED  step s2 was left out because step s1 did not succeed');
      expect(imageOf('web')).toBe(original);
      expect(await harbor.store.getManifest('library/acme/app', 'v1')).toBeUndefined();
      // A passing failure is tried again, with longer and longer pauses.
    },
    30_000,
  );

  test('a dry run foresees that', async () => {
    harbor.fault = (request, response) => request.method === 'POST' && answer(response, 403);
    const { code, out } = await pullmend({}, 'fix', '--dry-run', '--no-color');
    expect(out).toContain('not every change would be accepted');
    expect(code).toBe(3);
  });

  test('a name that got another image since the plan is not overwritten', async () => {
    const planned = await pullmend({}, 'plan', '--out', 'plan.yaml');
    const theirs = await makeImage({ seed: 'theirs' });
    await pushToStore(harbor.store, 'library/acme/app', 'v1', theirs);
    const { code, out } = await pullmend({ files: planned.files }, 'apply', 'plan.yaml', '--yes');
    expect(code).toBe(1);
    expect(out).toContain('PM_COPY_TAGGED_OTHERWISE');
    expect((await harbor.store.getManifest('library/acme/app', 'v1'))?.digest).toBe(theirs.digest);
  });

  test('a plan cannot write where the configuration here does not allow it', async () => {
    const planned = await pullmend({}, 'plan', '--out', 'plan.yaml');
    await configure({ writable: false });
    const { out } = await pullmend({ files: planned.files }, 'apply', 'plan.yaml', '--yes');
    expect(out).toContain('PM_MIRROR_NOT_WRITABLE');
    expect(wrote(harbor)).toEqual([]);
  });

  test('nor beside the mirror that it names', async () => {
    const planned = await pullmend({}, 'plan', '--out', 'plan.yaml');
    const elsewhere = (planned.files['plan.yaml'] ?? '').replaceAll(target, 'evil.example/acme/app:v1');
    const moved = await pullmend({ files: { 'plan.yaml': elsewhere } }, 'apply', 'plan.yaml', '--yes');
    expect(moved.out).toContain('PM_PLAN_INVALID');
    expect(wrote(harbor)).toEqual([]);
  });
});

describe('where no copy can be made', () => {
  test('the exact command for a machine that reaches the image is shown', async () => {
    quay.fault = (_, response) => answer(response, 503);
    const { code, out } = await pullmend({}, 'fix', '--yes', '--no-color');
    expect(code).toBe(1);
    expect(out).toContain(`         pullmend copy ${original} ${target}\n`);
    expect(wrote(harbor)).toEqual([]);
  });

  test('for files too, in Chinese too', async () => {
    quay.fault = (_, response) => answer(response, 503);
    const { code, out } = await pullmend(
      {},
      'fix',
      '-f',
      await podFile(),
      '--yes',
      '--no-color',
      '--lang',
      'zh',
    );
    expect(code).toBe(1);
    expect(out).toContain(`         pullmend copy ${original} ${target}\n`);
    expect(out).toContain('请在能访问其来源的机器上复制');
  });
});

test('the credentials of a mirror come from the Secret that its configuration names', async () => {
  await harbor.close();
  harbor = await startFaultyRegistry({ authorize: basicAccess({ username: 'robot', password: 'pa55' }) });
  const auths = { 'harbor.corp': { username: 'robot', password: 'pa55' } };
  const content = Buffer.from(JSON.stringify({ auths })).toString('base64');
  api.put({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace: 'shop', name: 'harbor' },
    data: { '.dockerconfigjson': content },
  });
  await configure({ credentials: { secretRef: 'shop/harbor' } });
  const { code, out, files } = await pullmend({}, 'fix', '--yes');
  expect([code, await copied()]).toEqual([0, true]);
  expect(`${out}${JSON.stringify(files)}`).not.toContain('pa55');
  const journals = join(folder, '.local/state/pullmend/copies');
  for (const name of await readdir(journals))
    expect(await readFile(join(journals, name), 'utf8')).not.toContain('pa55');
});

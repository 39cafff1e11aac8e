import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { helmForTests } from '../../test/support/helm.ts';
import { kustomizeForTests } from '../../test/support/kustomize.ts';
import { pod, writeChart } from '../../test/support/small-chart.ts';
import { createMender } from './mender.ts';
import type { Mender } from './mender-type.ts';
import type { RewriteOptions } from '../capabilities/rewrite/index.ts';

const inPlace: RewriteOptions = {
  names: 'scheme',
  indirect: true,
  lock: false,
  allowUnverified: false,
  to: 'in-place',
};
const look: RewriteOptions = { ...inPlace, to: 'look' };

let folder: string;
let mender: Mender;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-kustomize-test-'));
  await put({
    'config.yaml': `apiVersion: pullmend.dev/v1alpha1
kind: MirrorSet
mirrors:
  - { name: hub, scheme: prefix-host-path, at: m.io/p }
`,
  });
  mender = await createMender({
    config: join(folder, 'config.yaml'),
    env: { ...(kustomize?.env ?? process.env), PULLMEND_HELM: helm, XDG_STATE_HOME: join(folder, 'state') },
    home: folder,
    onEvent: () => {},
    signal: new AbortController().signal,
    hosts: {},
  });
});

afterEach(async () => {
  await mender.close();
  await rm(folder, { recursive: true, force: true });
});

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

async function textOf(name: string): Promise<string> {
  return await readFile(join(folder, name), 'utf8');
}

async function filesBelow(name: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(join(folder, name), { recursive: true, withFileTypes: true });
  const files = names.filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name));
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const)),
  );
}

const helm = helmForTests();
const kustomize = kustomizeForTests();

function build(name: string): string {
  return kustomize?.build(join(folder, name)) ?? '';
}

const deployment = (spec: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
${spec.replaceAll(/^/gm, '      ')}
`;

const base = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': deployment(`initContainers: [{ name: i, image: busybox }]
containers:
  - name: c
    image: nginx:1.27 # keep
    args: ["--sidecar-image=ghcr.io/acme/side:v2"]
    env: [{ name: HELPER_IMAGE, value: "redis:7" }]
  - { name: d, image: acme/log:2 }`),
};

describe.skipIf(kustomize === undefined)('with the real kustomize', () => {
  test('images that replacements fill move where they are read, without an idle entry', async () => {
    await put({
      'over/web.yaml': deployment(
        'containers: [{ name: a, image: placeholder }, { name: b, image: quay.io/acme/b:2 }]',
      ),
      'over/cm.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: cm }\ndata: { A: "quay.io/acme/a:5", HOST: quay.io }\n',
      'over/filled.yaml': `- source: { kind: ConfigMap, name: cm, fieldPath: data.HOST }
  targets:
    - select: { kind: Deployment, name: web }
      fieldPaths: ["spec.template.spec.containers.[name=b].image"]
      options: { delimiter: "/", index: 0 }
`,
      'over/kustomization.yaml': `resources: [web.yaml, cm.yaml]
replacements:
  - source: { kind: ConfigMap, name: cm, fieldPath: data.A }
    targets:
      - select: { kind: Deployment, name: web }
        fieldPaths: ["spec.template.spec.containers.[name=a].image"]
  - path: filled.yaml
`,
    });
    const before = build('over');
    const { left } = await mender.rewriteKustomize(join(folder, 'over'), inPlace);
    expect(left).toEqual([]);
    expect(build('over')).toBe(
      before.replaceAll('quay.io/', 'm.io/p/quay.io/').replace('HOST: quay.io', 'HOST: m.io/p/quay.io'),
    );
    expect(await textOf('over/kustomization.yaml')).not.toContain('images:');
  });

  test.skipIf(helm === undefined)('charts of a kustomization, when it may start helm', async () => {
    const chart = { 'Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n' };
    writeChart(join(folder, 'over/charts/app'), {
      ...chart,
      'templates/pod.yaml': pod('p', 'quay.io/acme/{{ .Values.name }}:1'),
    });
    await put({
      'over/mine.yaml': 'name: web\n',
      'over/kustomization.yaml': 'helmCharts:\n  - { name: app, releaseName: app, valuesFile: mine.yaml }\n',
    });
    await expect(mender.rewriteKustomize(join(folder, 'over'), inPlace)).rejects.toThrow(/--enable-helm/);
    await mender.rewriteKustomize(join(folder, 'over'), { ...inPlace, enableHelm: true });
    expect(await textOf('over/kustomization.yaml')).toContain(
      'images:\n  - name: quay.io/acme/web\n    newName: m.io/p/quay.io/acme/web\n',
    );
  });

  test('entries are edited or added, patches take the rest, nothing else changes; twice is once; undo', async () => {
    await put({
      ...base,
      'over/kustomization.yaml': `# production
namePrefix: prod-
namespace: shop
resources:
  - ../base # shared
images:
  - name: acme/log
    newTag: "3" # why
`,
    });
    const original = await filesBelow('over');
    const [text, before] = [await textOf('over/kustomization.yaml'), build('over')];
    const { run, changes, left } = await mender.rewriteKustomize(join(folder, 'over'), inPlace);
    expect(left).toEqual([]);
    expect(changes).toHaveLength(5);
    const expected = before
      .replace('redis:7', 'm.io/p/docker.io/library/redis:7')
      .replace('image: nginx', 'image: m.io/p/docker.io/library/nginx')
      .replace('image: acme', 'image: m.io/p/docker.io/acme')
      .replace('image: busybox', 'image: m.io/p/docker.io/library/busybox')
      .replace('=ghcr.io', '=m.io/p/ghcr.io');
    expect(build('over')).toBe(expected);
    const written = await textOf('over/kustomization.yaml');
    for (const line of text.split('\n')) expect(written).toContain(line);
    expect(written).toContain(
      '  - name: acme/log\n    newName: m.io/p/docker.io/acme/log\n    newTag: "3" # why\n',
    );
    expect(await mender.rewriteKustomize(join(folder, 'over'), inPlace)).toMatchObject({
      changes: [],
      left: [],
    });
    await mender.undo(run, { allNamespaces: false, dryRun: false, confirm: async () => true });
    expect(await filesBelow('over')).toEqual(original);
  });

  test('entries that make a name are edited, wherever they reach, and each with its own tag', async () => {
    await put({
      'over/web.yaml': `apiVersion: serving.acme.io/v1
kind: Runtime
metadata: { name: web }
spec:
  container: { image: web:replace }
  worker: { containers: [{ name: w, image: web-gpu:replace }] }
`,
      'over/fields.yaml': 'images:\n  - { kind: Runtime, path: spec/container/image }\n',
      'over/weights.bin': 'x',
      'over/kustomization.yaml': `resources: [web.yaml]
configurations: [fields.yaml]
configMapGenerator:
  - { name: weights, files: [weights.bin] }
images:
  - { name: web, newName: acme/web, newTag: v1 }
  - { name: web-gpu, newName: acme/web, newTag: v1-gpu }
`,
    });
    // No text, so that it goes into the ConfigMap as it is.
    await writeFile(join(folder, 'over/weights.bin'), Buffer.from([0xff, 0xfe, 0, 1]));
    const { changes, left } = await mender.rewriteKustomize(join(folder, 'over'), inPlace);
    expect(left).toEqual([]);
    expect(changes).toHaveLength(2);
    expect(await textOf('over/kustomization.yaml')).toContain(`images:
  - { name: web, newName: m.io/p/docker.io/acme/web, newTag: v1 }
  - { name: web-gpu, newName: m.io/p/docker.io/acme/web, newTag: v1-gpu }
`);
    expect(build('over')).toContain('image: m.io/p/docker.io/acme/web:v1\n');
  });

  test('a generated text is edited where it is written, and the hash of its name follows', async () => {
    await put({
      ...base,
      'over/app.yaml': 'job:\r\n  image: quay.io/acme/job:v1 # c\r\n',
      'over/kustomization.yaml': `resources: [../base]
configMapGenerator:
  - name: app
    files: [app.conf=app.yaml]
    literals:
      - HELPER_IMAGE=docker.io/alpine:3.19
`,
    });
    const { left } = await mender.rewriteKustomize(join(folder, 'over'), inPlace);
    expect(left).toEqual([]);
    expect(await textOf('over/app.yaml')).toBe('job:\r\n  image: m.io/p/quay.io/acme/job:v1 # c\r\n');
    const written = await textOf('over/kustomization.yaml');
    expect(written).toContain('      - HELPER_IMAGE=m.io/p/docker.io/library/alpine:3.19\n');
    expect(written).not.toContain('kind: ConfigMap');
    expect(build('over')).not.toMatch(/quay\.io\/acme(?<!m\.io\/p\/quay\.io\/acme)/);
  });

  test('a text of a base is patched with its last line break', async () => {
    await put({
      'over/cm.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: cm }
data:
  pod.yaml: |
    spec:
      containers:
        - image: nginx:1.27
`,
      'over/kustomization.yaml': 'resources: [cm.yaml]\n',
    });
    const before = build('over');
    expect((await mender.rewriteKustomize(join(folder, 'over'), inPlace)).left).toEqual([]);
    expect(build('over')).toBe(before.replace('nginx', 'm.io/p/docker.io/library/nginx'));
  });

  test('images of one name that part ways are patched one by one', async () => {
    await put({
      'over/web.yaml': deployment(`containers:
  - { name: a, image: "nginx:1" }
  - { name: b, image: "m.io/p/docker.io/library/nginx:1" }
  - { name: c, image: "nginx@sha256:${'a'.repeat(64)}" }`),
      'over/kustomization.yaml': 'resources: [web.yaml]\n',
    });
    const { left } = await mender.rewriteKustomize(join(folder, 'over'), inPlace);
    expect(left).toEqual([]);
    expect(build('over').match(/image: .*/g)).toEqual([
      'image: m.io/p/docker.io/library/nginx:1',
      'image: m.io/p/docker.io/library/nginx:1',
      `image: m.io/p/docker.io/library/nginx@sha256:${'a'.repeat(64)}`,
    ]);
  });

  test('no patch repeats what a Secret holds', async () => {
    await put({
      ...base,
      'over/secret.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData:\n  v: "password: hunter2\\nimage: ghcr.io/acme/a:2"\n',
      'over/kustomization.yaml': 'resources: [../base, secret.yaml]\n',
    });
    const { left } = await mender.rewriteKustomize(join(folder, 'over'), inPlace);
    expect(left).toMatchObject([{ reason: 'kustomize-sets', usage: { object: { kind: 'Secret' } } }]);
    expect(await textOf('over/kustomization.yaml')).not.toContain('hunter2');
  });

  test('what a replacement takes from a Secret is named as left, the rest moves', async () => {
    await put({
      ...base,
      'over/cm.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: { name: src, annotations: { side: "ghcr.io/acme/x:1" } }\n',
      'over/kustomization.yaml': `resources: [../base, cm.yaml]
replacements:
  - source: { kind: Secret, name: src, fieldPath: metadata.annotations.side }
    targets:
      - select: { kind: Deployment }
        fieldPaths: ['spec.template.spec.containers.[name=c].env.[name=HELPER_IMAGE].value']
`,
    });
    const { changes, left } = await mender.rewriteKustomize(join(folder, 'over'), inPlace);
    expect(left).toMatchObject([{ reason: 'kustomize-sets', usage: { image: 'ghcr.io/acme/x:1' } }]);
    expect(changes.length).toBeGreaterThan(3);
    expect(build('over')).toContain('image: m.io/p/docker.io/library/nginx:1.27');
  });

  test('--out writes all that it is made of, changed; the sources stay', async () => {
    await put({ ...base, 'over/kustomization.yml': 'resources: [../base]\n' });
    const before = await filesBelow('.');
    await mender.rewriteKustomize(join(folder, 'over'), { ...inPlace, to: { folder: join(folder, 'out') } });
    expect(build('out/over')).toContain('image: m.io/p/docker.io/acme/log:2');
    await rm(join(folder, 'out'), { recursive: true });
    expect(await filesBelow('.')).toEqual(before);
    const over = mender.rewriteKustomize(join(folder, 'over'), {
      ...inPlace,
      to: { folder: join(folder, 'base') },
    });
    await expect(over).rejects.toMatchObject({ code: 'PM_OUT_OVER_SOURCE' });
  });

  test.each([
    ['a URL', 'resources: ["https://example.com/acme//base?ref=v1"]\n', 'PM_KUSTOMIZE_REMOTE'],
    ['a repository', 'resources: [github.com/acme/app//base?ref=v1]\n', 'PM_KUSTOMIZE_REMOTE'],
    ['what is not there', 'resources: [missing.yaml]\n', 'PM_KUSTOMIZE_REMOTE'],
    [
      'a remote patch',
      'resources: []\npatches: [{ path: "https://example.com/p.yaml" }]\n',
      'PM_KUSTOMIZE_REMOTE',
    ],
    ['a repeated key', 'images: []\nimages: []\n', 'PM_FILE_REPEATED_KEY'],
    ['broken YAML', 'resources: [\n', 'PM_FILE_BROKEN'],
    ['a flow map', '{resources: [web.yaml]}\n', 'PM_KUSTOMIZE_UNPROVED'],
    ['what kustomize refuses', 'resources: [web.yaml]\nnoSuchField: 1\n', 'PM_KUSTOMIZE_FAILED'],
  ])('%s is refused, nothing is written', async (_, text, code) => {
    await put({ 'over/kustomization.yaml': text, 'over/web.yaml': base['base/web.yaml'] });
    const before = await filesBelow('over');
    await expect(mender.rewriteKustomize(join(folder, 'over'), inPlace)).rejects.toMatchObject({ code });
    expect(await filesBelow('over')).toEqual(before);
  });

  test('a patch as git applies it', async () => {
    await put({ ...base, 'over/kustomization.yaml': 'resources: [../base]' });
    await cp(join(folder, 'over'), join(folder, 'copy'), { recursive: true });
    const { patches } = await mender.rewriteKustomize(join(folder, 'over'), look);
    const patch = patches()
      .join('')
      .replaceAll(/^(---|\+\+\+) .*\/(over\/)/gm, '$1 a/$2');
    execFileSync('git', ['apply', '-'], { cwd: folder, input: patch });
    expect(build('over')).toContain('image: m.io/p/docker.io/library/nginx:1.27');
  });
});

test('a folder without a kustomization', async () => {
  await expect(mender.rewriteKustomize(folder, look)).rejects.toMatchObject({ code: 'PM_KUSTOMIZE_NONE' });
});

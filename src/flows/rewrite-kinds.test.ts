import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RewriteOptions } from '../capabilities/rewrite/index.ts';
import { createMender } from './mender.ts';
import type { Mender } from './mender-type.ts';

/** Small files of the kinds that people have, made after public ones. */
const samples = fileURLToPath(new URL('testdata/files/', import.meta.url));
const m = 'harbor.corp/mirror';

const look: RewriteOptions = {
  names: 'scheme',
  indirect: true,
  lock: false,
  allowUnverified: false,
  to: 'look',
};

let folder: string;
let mender: Mender;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-kinds-'));
  mender = await open();
});

afterEach(async () => {
  await mender.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(stdin = ''): Promise<Mender> {
  const config = join(folder, 'mirrors.conf');
  await writeFile(
    config,
    `apiVersion: pullmend.dev/v1alpha1\nkind: MirrorSet\nmirrors:\n  - { name: all, scheme: prefix-host-path, at: ${m} }\n`,
  );
  return await createMender({
    config,
    env: { XDG_STATE_HOME: join(folder, 'state') },
    home: folder,
    onEvent: () => {},
    signal: new AbortController().signal,
    readStdin: async () => stdin,
    hosts: {},
  });
}

async function put(files: Readonly<Record<string, string>>): Promise<string> {
  const root = join(folder, 'files');
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  return root;
}

/** The lines that a rewrite adds, without their indentation. */
async function added(path: string): Promise<readonly string[]> {
  const { patches } = await mender.rewrite([path], look);
  return patches()
    .join('')
    .split('\n')
    .flatMap((line) => (/^\+(?!\+\+ )/.test(line) ? [line.slice(1).trim()] : []));
}

describe('what is pulled gets another name, and nothing else does', () => {
  test.each<[string, readonly string[]]>([
    [
      'helmrelease-imageRepository.yaml',
      [
        `imageRepository: ${m}/ghcr.io/acme/connect-api`,
        `imageRepository: ${m}/ghcr.io/acme/connect-sync`,
        `repository: ${m}/ghcr.io/acme/app`,
        `registry: ${m}/quay.io`,
        `imageRepository: ${m}/ghcr.io/acme/flat`,
        `imageRepository: ${m}/ghcr.io/acme/flat2`,
      ],
    ],
    [
      'flux-kustomization-images.yaml',
      [
        `newName: ${m}/ghcr.io/acme/app`,
        // The end of the file has moved behind this line.
        '- name: docker.io/acme/db',
        `newName: ${m}/docker.io/acme/db`,
      ],
    ],
    [
      'argocd-helm-parameters.yaml',
      [
        `value: ${m}/ghcr.io/acme/web`,
        `value: ${m}/ghcr.io/acme/side:1`,
        `image: {repository: ${m}/ghcr.io/acme/obj, tag: "2"}`,
      ],
    ],
    [
      'kubeadm-imageRepository.yaml',
      [
        `imageRepository: ${m}/registry.k8s.io`,
        `dns: {imageRepository: ${m}/registry.k8s.io/coredns, imageTag: v1.11.1}`,
        `etcd: {local: {imageRepository: ${m}/registry.k8s.io, imageTag: 3.5.12-0}}`,
      ],
    ],
    ['variable-tag.yaml', [`- {name: a, image: "${m}/ghcr.io/acme/app:\${VERSION}"}`]],
    ['folder-with-jinja', [`- {name: a, image: "${m}/ghcr.io/acme/app:\${VERSION}"}`]],
    ['push-destination.yaml', [`image: ${m}/gcr.io/kaniko-project/executor:v1.23.0`]],
    [
      'registry-settings-in-crs.yaml',
      [
        `hub: ${m}/docker.io/istio`,
        `spec: {registry: ${m}/quay.io/, imagePath: calico}`,
        `spec: {registry: {default: "${m}/ghcr.io/acme/\${NAME}:v2"}}`,
      ],
    ],
    [
      'Dockerfile',
      [`FROM ${m}/docker.io/library/nginx:1.27 AS a`, `COPY --from=${m}/quay.io/acme/b:1 /x /y`],
    ],
    ['picture-paths-in-configmap.yaml', []],
    ['gardener-machine-image.yaml', []],
    ['promql.yaml', []],
  ])('%s', async (name, expected) => {
    const lines = await added(join(samples, name));
    expect(lines.filter((line) => line.includes(m) || !expected.includes(line))).toEqual(
      expected.filter((line) => line.includes(m)),
    );
  });

  test.each([
    ['hauler-images-platform.yaml', 'hauler', ['docker.io/library/busybox:latest', 'ghcr.io/acme/signed:v2']],
    ['skopeo-sync.yaml', 'skopeo sync', ['quay.io/acme/etcd:v3']],
    ['image-syncer-auth.json', 'image-syncer', ['quay.io/acme/tool:v2']],
    ['zarf.yaml', 'zarf', ['docker.io/acme/manager:v1.11.2']],
    ['skopeo-semver.yaml', 'skopeo sync', []],
  ])('%s is a list for copying: %s', async (name, program, images) => {
    const path = join(samples, name);
    await expect(mender.rewrite([path], look)).rejects.toMatchObject({
      code: 'PM_COPY_LIST',
      params: { program },
    });
    const { groups, notes } = await mender.images({ type: 'files', paths: [path] });
    const listed = groups.flatMap(({ usages }) => usages.map(({ image }) => image));
    expect(listed).toEqual(expect.arrayContaining([...images]));
    expect(listed.filter((image) => /platform|linux|cosign|registry\.corp/.test(image))).toEqual([]);
    expect(notes).toEqual([{ kind: 'copy-list', path, program }]);
  });
});

const deployment = (image: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: ${image}\n`;

describe('entries of kustomizations', () => {
  test('an image that every build renames keeps its name, and the entries get a new one', async () => {
    const root = await put({
      'base/web.yaml': deployment('nginx:1.27'),
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'prod/kustomization.yaml': 'resources: [../base]\nimages:\n  - name: nginx\n    newTag: "1.28"\n',
      'test/kustomization.yaml':
        'resources: [../base]\nimages:\n  - {name: nginx, newName: quay.io/acme/nginx, newTag: v2}\n',
    });
    expect((await added(root)).filter((line) => line.includes(m))).toEqual([
      `newName: ${m}/docker.io/library/nginx`,
      `- {name: nginx, newName: ${m}/quay.io/acme/nginx, newTag: v2}`,
    ]);
  });

  test('where one build has no entry, the image moves and the others look for its new name', async () => {
    const root = await put({
      'base/web.yaml': deployment('nginx:1.27'),
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'prod/kustomization.yaml': 'resources: [../base]\nimages:\n  - name: nginx\n    newTag: "1.28"\n',
      'test/kustomization.yaml': 'resources: [../base]\n',
    });
    expect(await added(root)).toEqual([
      `image: ${m}/docker.io/library/nginx:1.27`,
      `- name: ${m}/docker.io/library/nginx`,
    ]);
  });

  test('an image that a mirror serves under two names by two entries stays, and that is told', async () => {
    const root = await put({
      'apps/app.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps}
spec:
  path: ./base
  images: [{name: acme/web, newTag: "2"}]
`,
      'base/web.yaml': deployment('acme/web:1'),
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
    });
    // Flux builds base, and nothing else does: the entry is enough.
    expect(await added(root)).toEqual([
      `images: [{name: acme/web, newName: ${m}/docker.io/acme/web, newTag: "2"}]`,
    ]);
  });
});

describe('told instead of missed', () => {
  test('one registry for images that cannot all move stays', async () => {
    const root = await put({
      'kubeadm.yaml':
        'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v1.31.0\nimageRepository: registry.k8s.io\n',
    });
    const { changes, left } = await mender.rewrite([root], look);
    expect(changes).toEqual([]);
    // kubeadm looks for CoreDNS elsewhere below any other registry: dns.imageRepository must say so.
    expect(new Set(left.map(({ reason }) => reason))).toEqual(new Set(['shared-field']));
    expect(left.map(({ usage }) => usage.image)).toContain('registry.k8s.io/kube-apiserver:v1.31.0');
  });

  test('a setting that is not there is told once, with what it should say', async () => {
    const root = await put({
      'kubeadm.yaml':
        'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v1.31.0\n',
    });
    const { left } = await mender.rewrite([root], look);
    expect(left.map(({ reason, detail }) => `${reason} ${detail}`)).toEqual([
      `setting-absent imageRepository: ${m}/registry.k8s.io`,
      `setting-absent imageRepository: ${m}/registry.k8s.io/coredns`,
    ]);
  });

  test('a name that is completed elsewhere cannot be asked for', async () => {
    const { left } = await mender.rewrite([join(samples, 'variable-tag.yaml')], { ...look, names: 'probed' });
    expect(left).toMatchObject([{ reason: 'open-name', detail: `${m}/ghcr.io/acme/app:\${VERSION}` }]);
  });

  test('files of SOPS are refused, or told in a folder', async () => {
    const sealed = `${deployment('nginx:1')}sops: {mac: "ENC[AES256_GCM,data:x]", lastmodified: "2026-01-01T00:00:00Z"}\n`;
    const root = await put({ 'sealed.yaml': sealed, 'open.yaml': deployment('redis:7') });
    await expect(mender.rewrite([join(root, 'sealed.yaml')], look)).rejects.toMatchObject({
      code: 'PM_FILE_SEALED',
    });
    const { changes, left } = await mender.rewrite([root], look);
    expect(changes.map(({ usage }) => usage.image)).toEqual(['redis:7']);
    expect(left).toMatchObject([{ usage: { image: 'nginx:1' }, reason: 'sealed' }]);
  });

  test('a pull policy that changes is a change like another', async () => {
    const root = await put({ 'web.yaml': deployment('nginx:1.27') });
    const { policies } = await mender.rewrite([root], { ...look, pullPolicy: 'IfNotPresent' });
    expect(policies.map(({ edit }) => edit.after.trim())).toEqual(['imagePullPolicy: IfNotPresent']);
  });
});

test('what a pipeline builds is no image that it pulls', async () => {
  const root = await put({
    'run.yaml': `apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: r}
spec:
  params:
    - {name: IMAGE, value: "quay.io/acme/app:1"}
    - {name: BUILDER_IMAGE, value: "quay.io/buildah/stable:v1"}
`,
  });
  expect(await added(root)).toEqual([`- {name: BUILDER_IMAGE, value: "${m}/quay.io/buildah/stable:v1"}`]);
});

describe('folders', () => {
  test('templates, broken files and Dockerfiles are told and stop nothing; patterns choose', async () => {
    const root = await put({
      'a.yaml': deployment('nginx:1'),
      'b/template.yaml': 'kind: Pod\n{{- if .Values.on }}\nspec: {}\n{{- end }}\n',
      'c/broken.yaml': 'kind: [\n',
      'd/Dockerfile': 'FROM redis:7\n',
      'e/more.yaml': deployment('redis:7'),
      '.git/x.yaml': deployment('hidden:1'),
      'node_modules/x.yaml': deployment('hidden:2'),
    });
    const { changes, notes } = await mender.rewrite([root], look);
    expect(changes.map(({ usage }) => usage.image)).toEqual(['nginx:1', 'redis:7']);
    expect(notes.map((note) => (note.kind === 'left-out' ? note.reason : note.kind)).toSorted()).toEqual([
      'broken',
      'dockerfile',
      'template',
    ]);
    const only = await mender.rewrite([root], { ...look, exclude: ['e', 'broken.yaml'] });
    expect(only.changes.map(({ usage }) => usage.image)).toEqual(['nginx:1']);
    const some = await mender.rewrite([root], { ...look, include: ['more.*'] });
    expect(some.changes.map(({ usage }) => usage.image)).toEqual(['redis:7']);
  });

  test('- is standard input', async () => {
    await mender.close();
    mender = await open(deployment('nginx:1.27'));
    const { groups } = await mender.images({ type: 'files', paths: ['-'] });
    expect(groups.flatMap(({ usages }) => usages.map(({ image }) => image))).toEqual(['nginx:1.27']);
    const { texts } = await mender.rewrite(['-'], look);
    expect(texts?.()).toEqual([deployment(`${m}/docker.io/library/nginx:1.27`)]);
  });

  test('what is undone is what was written', async () => {
    const root = await put({});
    await cp(samples, root, { recursive: true });
    const before = await readFile(join(root, 'kubeadm-imageRepository.yaml'), 'utf8');
    const { errors } = await mender.rewrite([root], { ...look, to: 'in-place' });
    expect(errors).toEqual([]);
    expect(await readFile(join(root, 'kubeadm-imageRepository.yaml'), 'utf8')).not.toBe(before);
    // Twice is once.
    expect((await mender.rewrite([root], look)).changes).toEqual([]);
  });
});

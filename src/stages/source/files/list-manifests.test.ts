import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listManifests } from './list-manifests.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-list-'));
  for (const [name, text] of Object.entries(files)) await put(name, text);
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function put(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

const files = {
  'pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: c, image: nginx }] }\n',
  'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
  'chart/charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
  'chart/templates/web.yaml': 'image: "{{ .Values.image }}"\n',
  'over/kustomization.yaml': 'resources: [../pod.yaml]\n',
};

test('charts below a folder are left out, and that is said; kustomizations are read as they are', async () => {
  const { groups, notes } = await listManifests([folder]);
  expect(groups.flatMap(({ usages }) => usages).map(({ image }) => image)).toEqual(['nginx']);
  expect(notes).toEqual([
    { kind: 'chart', path: join(folder, 'chart') },
    { kind: 'kustomization', path: join(folder, 'over') },
  ]);
});

test.each([
  ['chart', 'chart', 'chart'],
  ['chart/templates/web.yaml', 'template', 'chart'],
  ['over/kustomization.yaml', 'kustomization', 'over'],
])('%s must be rendered first', async (path, what, of) => {
  await expect(listManifests([join(folder, path)])).rejects.toMatchObject({
    code: 'PM_TO_BE_RENDERED',
    params: { path: join(folder, path), what, folder: join(folder, of) },
  });
});

test.each(['installer.kubesphere.io/v1alpha1', 'kubekey.kubesphere.io/v1alpha2'])(
  'a configuration of %s brings images that it does not name',
  async (apiVersion) => {
    const path = await put('cc.yaml', `apiVersion: ${apiVersion}\nkind: X\nspec: {}\n`);
    expect((await listManifests([path])).notes).toEqual([{ kind: 'installer', path }]);
  },
);

test('a key that stands twice is refused where images stand, with its position', async () => {
  const path = await put('twice.yaml', `${files['pod.yaml']}kind: Pod\n`);
  await expect(listManifests([path])).rejects.toMatchObject({
    code: 'PM_FILE_REPEATED_KEY',
    where: `${path}:5:1`,
  });
});

test('a template outside of a chart is one too', async () => {
  const path = await put('web.yaml', 'kind: Pod\n{{- if .Values.on }}\nspec: {}\n{{- end }}\n');
  await expect(listManifests([path])).rejects.toMatchObject({
    code: 'PM_TO_BE_RENDERED',
    params: { what: 'template' },
    where: `${path}:2:1`,
  });
});

test('a file of 100 MB is refused before it is read', async () => {
  const path = join(folder, 'large.yaml');
  const file = await open(path, 'w');
  await file.truncate(100 * 1024 * 1024);
  await file.close();
  await expect(listManifests([path])).rejects.toThrow(/large\.yaml is not read: it has 100 MiB/);
});

test('aliases that would fill the memory are refused with a position', async () => {
  const levels = Array.from({ length: 12 }, (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n},`.repeat(12)}]`);
  const path = await put('bomb.yaml', ['l0: &l0 [x]', ...levels, ''].join('\n'));
  await expect(listManifests([path])).rejects.toMatchObject({
    code: 'PM_FILE_BROKEN',
    params: { file: path },
  });
});

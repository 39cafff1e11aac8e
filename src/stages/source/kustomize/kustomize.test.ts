import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kustomizeForTests } from '../../../../test/support/kustomize.ts';
import { imagesOfKustomization } from './kustomize-images.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-kustomize-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

const kustomize = kustomizeForTests();
const env = kustomize?.env ?? process.env;

describe.skipIf(kustomize === undefined)('with the real kustomize', () => {
  test('what is built, each image where it was written', async () => {
    await write({
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      containers:
        - { name: web, image: "nginx:1" }
        - { name: log, image: acme/log:1 }
        - { name: old, image: acme/old:1 }
`,
      'over/kustomization.yaml': `namePrefix: prod-
resources: [../base]
patches: [{ path: patch.yaml }]
images:
  - name: acme/log
    newName: harbor.corp/acme/log
    newTag: "2"
`,
      'over/patch.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { spec: { containers: [{ name: old, image: "acme/new:3" }] } } }
`,
    });
    const { groups } = await imagesOfKustomization(join(folder, 'over'), { env });
    const found = groups.flatMap(({ usages }) =>
      usages.map(({ object, image, path, position }) => [
        object.name,
        image,
        path.replace('/spec/template/spec', ''),
        position && `${position.file.slice(folder.length + 1)}:${position.line}:${position.column}`,
      ]),
    );
    const wanted = [
      ['prod-web', 'acme/new:3', '/containers/0/image', 'over/patch.yaml:4:63'],
      ['prod-web', 'harbor.corp/acme/log:2', '/containers/2/image', 'over/kustomization.yaml:6:14'],
      ['prod-web', 'nginx:1', '/containers/1/image', 'base/web.yaml:8:32'],
    ];
    expect(new Set(found)).toEqual(new Set(wanted));
  });

  test('what cannot be built says why', async () => {
    await write({ 'kustomization.yaml': 'resources: [missing.yaml]\n' });
    const failing = imagesOfKustomization(folder, { env });
    await expect(failing).rejects.toMatchObject({ code: 'PM_KUSTOMIZE_FAILED' });
    await expect(failing).rejects.toThrow(/missing\.yaml/);
  });
});

test('without a tool it says which ones it looked for', async () => {
  await write({ 'kustomization.yaml': 'resources: []\n' });
  await expect(imagesOfKustomization(folder, { env: { PATH: folder } })).rejects.toMatchObject({
    code: 'PM_KUSTOMIZE_MISSING',
  });
});

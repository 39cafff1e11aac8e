import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { spliceText } from '../../../core/edit/index.ts';
import { fromFiles } from './from-files.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-manifests-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const installer = `# the provisioner
apiVersion: extensions/v1beta1   # old
kind: Deployment
metadata:
  name: openebs-localpv-provisioner
  namespace: openebs
spec:
  template:
    spec:
      initContainers:
        - { name: wait, image: 'busybox:1.36' }
      containers:
        - name: provisioner
          image: "openebs/provisioner-localpv:3.3.0"   # keep me
          imagePullPolicy: IfNotPresent
          env:
            - name: OPENEBS_IO_HELPER_IMAGE
              value: openebs/linux-utils:3.3.0
            - name: USE_IMAGE
              value: "true"
            - name: NODE_NAME
              value: node-1.example.com:10250
---
# nothing here
---
apiVersion: v1
kind: List
items:
  - apiVersion: batch/v1
    kind: CronJob
    metadata: { name: nightly }
    spec:
      jobTemplate:
        spec:
          template:
            spec:
              containers: [{ name: c, image: NOT VALID }]
              volumes:
                - name: data
                  image: { reference: quay.io/acme/data:1 }
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: x }
    data: { upstream: 'cache:8080', docs: 'https://quay.io/acme/decoy:1' }
`;

test('every image with its exact position, changed byte for byte', async () => {
  const text = `\uFEFF${installer.replaceAll('\n', '\r\n')}`;
  const path = join(folder, 'install.yaml');
  await writeFile(path, text);
  const { usages, files } = await fromFiles([path]);
  const seen = usages.map(({ object, place, name, image, reference, position }) => [
    `${object.kind}/${object.name}`,
    place,
    name,
    image,
    reference,
    `${position?.line}:${position?.column}`,
  ]);
  expect(seen).toEqual([
    [
      'Deployment/openebs-localpv-provisioner',
      'initContainer',
      'wait',
      'busybox:1.36',
      'docker.io/library/busybox:1.36',
      '11:33',
    ],
    [
      'Deployment/openebs-localpv-provisioner',
      'container',
      'provisioner',
      'openebs/provisioner-localpv:3.3.0',
      'docker.io/openebs/provisioner-localpv:3.3.0',
      '14:19',
    ],
    [
      'Deployment/openebs-localpv-provisioner',
      'env',
      'OPENEBS_IO_HELPER_IMAGE',
      'openebs/linux-utils:3.3.0',
      'docker.io/openebs/linux-utils:3.3.0',
      '18:22',
    ],
    ['CronJob/nightly', 'container', 'c', 'NOT VALID', undefined, '37:46'],
    ['CronJob/nightly', 'imageVolume', 'data', 'quay.io/acme/data:1', 'quay.io/acme/data:1', '40:39'],
  ]);
  expect(usages[1]).toMatchObject({
    pullPolicy: 'IfNotPresent',
    path: '/spec/template/spec/containers/0/image',
  });
  const edits = usages.flatMap(({ image, position }) =>
    position === undefined ? [] : [{ ...position, before: image, after: `harbor.corp/${image}` }],
  );
  const expected = usages.reduce((all, { image }) => all.replace(image, `harbor.corp/${image}`), text);
  expect(spliceText(files[0]?.text ?? '', edits)).toBe(expected);
});

test('folders are walked in order, JSON is read, files without images are not kept', async () => {
  await mkdir(join(folder, 'b'));
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { generateName: 'p-' },
    spec: { containers: [{ name: 'c', image: 'nginx' }] },
  };
  await writeFile(join(folder, 'b', 'pod.json'), JSON.stringify(pod, undefined, '\t'));
  await writeFile(join(folder, 'a.yml'), 'kind: Kustomization\nresources: [b]\n');
  const { usages, files, failures } = await fromFiles([folder]);
  expect(usages).toMatchObject([
    { object: { kind: 'Pod', name: 'p-' }, reference: 'docker.io/library/nginx:latest' },
  ]);
  expect(files.map(({ path }) => path)).toEqual([join(folder, 'b', 'pod.json')]);
  expect(failures).toEqual([]);
});

const container = (image: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  containers:\n    - name: c\n      image: ${image}\n`;

test.each([
  ['nothing', '', 'PM_NOT_A_MANIFEST', undefined],
  ['comments alone', '# later\n---\n# more\n', 'PM_NOT_A_MANIFEST', undefined],
  ['a template without quotes', container('{{ .Values.image }}'), 'PM_TO_BE_RENDERED', 7],
  ['a template in quotes', container('"{{ .Values.image }}:1"'), 'PM_TO_BE_RENDERED', 7],
  [
    'a template with lines of its own',
    `{{- if .Values.on }}\n${container('a')}{{- end }}\n`,
    'PM_TO_BE_RENDERED',
    1,
  ],
  ['a key that stands twice', `${container('a:1')}      image: b:1\n`, 'PM_FILE_REPEATED_KEY', 8],
  ['a map as a key', '{ a: 1 }: b\n', 'PM_FILE_BROKEN', 1],
  [
    'a bomb of aliases',
    `a: &a [${'x,'.repeat(9)}]\n${'bcdefghi'
      .split('')
      .map((key, at) => `${key}: &${key} [${`*${'abcdefgh'[at]},`.repeat(9)}]\n`)
      .join('')}`,
    'PM_FILE_BROKEN',
    2,
  ],
])('%s is refused before anything is looked at', async (_, text, code, line) => {
  const path = join(folder, 'x.yaml');
  await writeFile(path, text);
  const refused = await fromFiles([path]).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code });
  if (line !== undefined) expect((refused as { readonly where?: string }).where).toMatch(`${path}:${line}:`);
});

test('a placeholder of another program is no template of Helm', async () => {
  const path = join(folder, 'workflow.yaml');
  await writeFile(path, container('"{{workflow.parameters.image}}"'));
  await expect(fromFiles([path])).resolves.toMatchObject({ files: [{ path }] });
});

test('a broken file says where', async () => {
  const path = join(folder, 'broken.yaml');
  await writeFile(path, 'kind: Pod\nspec:\n  containers: [\n');
  await expect(fromFiles([folder])).rejects.toMatchObject({
    code: 'PM_FILE_BROKEN',
    params: { file: path, line: 4 },
  });
});

test.each(['\n', '\r\n'])(
  'an image in a text in a field has its place in the file, or none (%j)',
  async (end) => {
    const text = [
      'apiVersion: v1',
      'kind: ConfigMap',
      'metadata: { name: cm }',
      'data:',
      '  pod.yaml: |-   # a template',
      '    spec:',
      '      containers:',
      '        - { name: a, image: "quay.io/acme/a:1" } # quay.io/acme/comment:1',
      '  quoted: "{\\"image\\": \\"quay.io/acme/b:1\\"}"',
      '  escaped: "{\\"image\\": \\"quay.io\\\\/acme/c:1\\"}"',
      '',
    ].join(end);
    const path = join(folder, 'cm.yaml');
    await writeFile(path, text);
    const { usages } = await fromFiles([path]);
    expect(usages.map(({ image, position }) => [image, position?.line, position?.column])).toEqual([
      ['quay.io/acme/a:1', 8, 30],
      ['quay.io/acme/b:1', 9, 26],
      ['quay.io/acme/c:1', undefined, undefined],
    ]);
    const edits = usages.flatMap(({ image, position }) =>
      position === undefined ? [] : [{ ...position, before: image, after: `m/${image}` }],
    );
    expect(spliceText(text, edits)).toBe(text.replace(/quay\.io\/acme\/[ab]:1/g, 'm/$&'));
  },
);

import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { startFaultyRegistry } from '../../test/support/faulty.ts';
import { makeImage, pushToStore } from '../../test/support/images.ts';
import { createMender } from './mender.ts';
import type { Mender } from './mender-type.ts';
import type { RewriteOptions } from '../capabilities/rewrite/index.ts';

let folder: string;
let mender: Mender;

const mirrors = `apiVersion: pullmend.dev/v1alpha1
kind: MirrorSet
mirrors:
  - { name: all, scheme: prefix-host-path, at: harbor.corp/mirror }
`;

const inPlace: RewriteOptions = {
  names: 'scheme',
  indirect: true,
  lock: false,
  allowUnverified: false,
  to: 'in-place',
};
const look: RewriteOptions = { ...inPlace, to: 'look' };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-rewrite-'));
  mender = await open(mirrors);
});

afterEach(async () => {
  await mender.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(config: string): Promise<Mender> {
  await writeFile(join(folder, 'config.yaml'), config);
  return await createMender({
    config: join(folder, 'config.yaml'),
    env: { XDG_STATE_HOME: join(folder, 'state') },
    home: folder,
    onEvent: () => {},
    signal: new AbortController().signal,
    // Nobody is asked: names by their scheme.
    hosts: {},
  });
}

async function put(text: string, name = 'a.yaml'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function undo(run: string | undefined): Promise<void> {
  await mender.undo(run, { allNamespaces: false, dryRun: false, confirm: async () => true });
}

const pod = (image: string, more = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  containers:\n    - name: c\n      image: ${image}${more}\n`;

describe.each(['\n', '\r\n'])('lines that end with %j', (end) => {
  test('only the images change; twice is once; undo gives the bytes back', async () => {
    const text = `\uFEFF# install\napiVersion: v1
kind: List
items:
  - kind: Pod
    apiVersion: v1
    metadata: {name: a}
    spec:
      initContainers: [{ name: i, image: 'busybox' }]   # keep
      containers:
      - &c { name: c, image: &img "quay.io/acme/app:v1" }
      - { name: d, image: *img }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: cm }
data:
  pod.yaml: |-
    spec:
      containers:
        - image: nginx:1.27   # why
---
apiVersion: acme.io/v1
kind: App
spec:
  image: { registry: docker.io, repository: library/redis, tag: 1.20 }
---
apiVersion: v1
kind: Secret
metadata: { name: s }
stringData:
  values: "image: ghcr.io/acme/agent:2"
`.replaceAll('\n', end);
    const path = await put(text);
    const { run, left } = await mender.rewrite([path], inPlace);
    expect(left).toEqual([]);
    const expected = text
      .replace("'busybox'", "'harbor.corp/mirror/docker.io/library/busybox'")
      .replace('quay.io/acme', 'harbor.corp/mirror/quay.io/acme')
      .replace('nginx:1.27', 'harbor.corp/mirror/docker.io/library/nginx:1.27')
      .replace('registry: docker.io', 'registry: harbor.corp/mirror/docker.io')
      .replace('ghcr.io/acme', 'harbor.corp/mirror/ghcr.io/acme');
    expect(await readFile(path, 'utf8')).toBe(expected);
    const again = await mender.rewrite([path], inPlace);
    expect(again).toMatchObject({ changes: [], left: [], errors: [] });
    expect(again.run).toBeUndefined();
    await undo(run);
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  test.each([
    [
      pod('nginx', '   # c'),
      pod('harbor.corp/mirror/docker.io/library/nginx', '   # c\n      imagePullPolicy: IfNotPresent'),
    ],
    [
      pod('nginx', '\n      imagePullPolicy: "Always"'),
      pod('harbor.corp/mirror/docker.io/library/nginx', '\n      imagePullPolicy: "IfNotPresent"'),
    ],
    [
      '{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"nginx","name":"c"}]}}',
      '{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"harbor.corp/mirror/docker.io/library/nginx","imagePullPolicy":"IfNotPresent","name":"c"}]}}',
    ],
    [
      'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: nginx\n    name: c\n  - { name: d, image: &a nginx }\n  - {name: e, image: *a}\n',
      'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: harbor.corp/mirror/docker.io/library/nginx\n    imagePullPolicy: IfNotPresent\n    name: c\n  - { name: d, image: &a harbor.corp/mirror/docker.io/library/nginx, imagePullPolicy: IfNotPresent }\n  - {name: e, image: *a, imagePullPolicy: IfNotPresent}\n',
    ],
  ])('a pull policy is written as its neighbour is: %j', async (before, after) => {
    const path = await put(before.replaceAll('\n', end));
    const { run } = await mender.rewrite([path], { ...inPlace, pullPolicy: 'IfNotPresent' });
    const text = await readFile(path, 'utf8');
    expect(text).toBe(after.replaceAll('\n', end));
    expect(parseAllDocuments(text)[0]?.errors).toEqual([]);
    expect((await mender.rewrite([path], { ...inPlace, pullPolicy: 'IfNotPresent' })).run).toBeUndefined();
    await undo(run);
    expect(await readFile(path, 'utf8')).toBe(before.replaceAll('\n', end));
  });
});

test('settings without a kind are changed where they are named themselves, and nowhere else', async () => {
  const settings = (host: string): string =>
    `# ours\nbase: ${host}acme\nweb: { image: web, tag: v1 } # here\n`;
  const path = await put(settings('quay.io/'), 'images.yaml');
  const { run } = await mender.rewrite([path], inPlace);
  expect(await readFile(path, 'utf8')).toBe(settings('harbor.corp/mirror/quay.io/'));
  await undo(run);
  expect(await readFile(path, 'utf8')).toBe(settings('quay.io/'));
  await put(pod('nginx'), 'pod.yaml');
  await mender.rewrite([folder], inPlace);
  expect(await readFile(path, 'utf8')).toBe(settings('quay.io/'));
});

test('an image in several fields gets as many of them anew as its scheme needs', async () => {
  await mender.close();
  mender = await open(`apiVersion: pullmend.dev/v1alpha1
kind: MirrorSet
mirrors:
  - { name: last, scheme: last-segment, at: harbor.corp/lib }
`);
  const path = await put(
    'apiVersion: acme.io/v1\nkind: App\nspec:\n  image:\n    registry: quay.io\n    repository: acme/app\n    tag: 1.20\n',
  );
  await mender.rewrite([path], inPlace);
  expect(await readFile(path, 'utf8')).toContain(
    'registry: harbor.corp/lib\n    repository: app\n    tag: 1.20\n',
  );
  const { left } = await mender.rewrite([path], { ...look, names: 'origin' });
  expect(left).toMatchObject([{ reason: 'no-inverse' }]);
});

test('a mirror that cannot bear a pull at each start gets its policy, others do not', async () => {
  await mender.close();
  mender = await open(mirrors.replace('mirror }', 'mirror, pullPolicy: IfNotPresent }'));
  const path = await put(`${pod('nginx:latest')}---\n${pod('nginx:1.27')}`);
  await mender.rewrite([path], inPlace);
  expect((await readFile(path, 'utf8')).match(/imagePullPolicy: IfNotPresent/g)).toHaveLength(1);
});

test('to another folder: every manifest, nothing outside of it, never over a source', async () => {
  await mkdir(join(folder, 'src/sub'), { recursive: true });
  await put(pod('nginx'), 'src/sub/a.yaml');
  await put('apiVersion: v1\nkind: Namespace\nmetadata: { name: n }\n', 'src/b.yaml');
  const source = join(folder, 'src');
  const out = join(folder, 'out');
  await mender.rewrite([source], { ...look, to: { folder: out } });
  expect((await readdir(out, { recursive: true })).toSorted()).toEqual(['b.yaml', 'sub', 'sub/a.yaml']);
  expect(await readFile(join(out, 'sub/a.yaml'), 'utf8')).toContain('harbor.corp');
  expect(await readFile(join(source, 'sub/a.yaml'), 'utf8')).toBe(pod('nginx'));
  for (const bad of [source, join(source, 'new/deep')]) {
    await expect(mender.rewrite([source], { ...look, to: { folder: bad } })).rejects.toMatchObject({
      code: 'PM_OUT_OVER_SOURCE',
    });
  }
  await rm(join(out, 'sub'), { recursive: true });
  await symlink(source, join(out, 'sub'));
  await expect(mender.rewrite([source], { ...look, to: { folder: out } })).rejects.toMatchObject({
    code: 'PM_OUT_OVER_SOURCE',
  });
});

test.each([
  ['invalid YAML', 'kind: Pod\nspec: [\n', 'PM_FILE_BROKEN'],
  ['a template', 'kind: Pod\n{{- if .Values.x }}\nspec: {}\n{{- end }}\n', 'PM_TO_BE_RENDERED'],
  ['a key that stands twice', pod('nginx', '\n      image: redis'), 'PM_FILE_REPEATED_KEY'],
  ['no object', 'name: nginx\n', 'PM_NOT_A_MANIFEST'],
  ['values of a chart', 'image:\n  repository: nginx\n  tag: 1.20\n', 'PM_NOT_A_MANIFEST', 'my-values.yaml'],
  [
    'an alias bomb',
    `${'abcdefghij'
      .split('')
      .map(
        (name, i, all) =>
          `${name}: &${name} [${
            i === 0
              ? 'x'
              : Array(9)
                  .fill(`*${all[i - 1]}`)
                  .join(',')
          }]`,
      )
      .join('\n')}\n`,
    'PM_FILE_BROKEN',
  ],
])('refuses %s, and changes nothing', async (_name, text, code, name = 'zz.yaml') => {
  await put(pod('nginx'), 'good.yaml');
  const path = await put(text, name);
  await expect(mender.rewrite([join(folder, 'good.yaml'), path], inPlace)).rejects.toMatchObject({ code });
  expect(await readFile(join(folder, 'good.yaml'), 'utf8')).toBe(pod('nginx'));
  expect(await readFile(path, 'utf8')).toBe(text);
});

test.skipIf(process.getuid?.() === 0)('refuses a file that cannot be read', async () => {
  const path = await put(pod('nginx'));
  await chmod(path, 0);
  await expect(mender.rewrite([path], inPlace)).rejects.toMatchObject({ code: 'PM_FILE_UNREADABLE' });
});

test('refuses a file of 100 MB', async () => {
  const path = join(folder, 'large.yaml');
  await writeFile(path, '');
  await (await import('node:fs/promises')).truncate(path, 100 * 1024 * 1024);
  await expect(mender.rewrite([path], inPlace)).rejects.toMatchObject({ code: 'PM_FILE_TOO_LARGE' });
});

test('asks the mirror, pins what it gave, and leaves what it has not', async () => {
  const registry = await startFaultyRegistry();
  try {
    const made = await makeImage({ seed: 'rewrite' });
    await pushToStore(registry.store, 'm/127.0.0.9/app', '1', made);
    await mender.close();
    mender = await open(
      mirrors
        .replace('harbor.corp/mirror }', `"${registry.authority}/m", plainHttp: true }`)
        .replace('prefix-host-path', 'template')
        .replace(/at: ("[^"]*)"/, 'template: $1/127.0.0.9/{last}"'),
    );
    const path = await put(`${pod('127.0.0.9:9/app:1')}---\n${pod('127.0.0.9:9/gone:1')}`);
    const options: RewriteOptions = { ...inPlace, names: 'probed', lock: true };
    const { changes, left } = await mender.rewrite([path], options);
    expect(changes).toMatchObject([{ with: `${registry.authority}/m/127.0.0.9/app:1@${made.digest}` }]);
    expect(left).toMatchObject([{ reason: 'no-copy', usage: { image: '127.0.0.9:9/gone:1' } }]);
    expect((await mender.rewrite([path], options)).changes).toEqual([]);
  } finally {
    await registry.close();
  }
});

const image = fc.constantFrom(
  'nginx',
  'nginx:1.27',
  'acme/app:v1',
  'quay.io/acme/app',
  'ghcr.io/a/b:1@sha256:' + '0'.repeat(64),
);
const quote = fc.constantFrom('', '"', "'");

test('any pods in any layout: to the mirror and back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          image,
          quote,
          comment: fc.constantFrom('', '  # nginx:1.27'),
        }),
        {
          minLength: 1,
          maxLength: 5,
        },
      ),
      fc.constantFrom('\n', '\r\n'),
      async (containers, end) => {
        const lines = containers.flatMap(({ image: name, quote: q, comment }, i) => [
          `    - name: c${i}${comment}`,
          `      image: ${q}${name}${q}${comment}`,
        ]);
        const text = ['apiVersion: v1', 'kind: Pod', 'spec:', '  containers:', ...lines, ''].join(end);
        const path = await put(text);
        await mender.rewrite([path], inPlace);
        expect((await readFile(path, 'utf8')).split('harbor.corp/mirror/')).toHaveLength(
          containers.length + 1,
        );
        // None of these names is written longer than it must be, so that the short form is the original.
        const back = await mender.rewrite([path], { ...inPlace, names: 'origin' });
        expect(back.left).toEqual([]);
        expect(await readFile(path, 'utf8')).toBe(text);
      },
    ),
    { numRuns: 15 },
  );
  // Each of them writes to disk and waits for it.
}, 30_000);

const corpus = fileURLToPath(new URL('../../../shared/corpus/manifests/', import.meta.url));

describe.skipIf(!existsSync(corpus))('the corpus of install files', () => {
  test('every image moves, every other byte stays, twice is once, and all of it comes back', async () => {
    const copy = join(folder, 'corpus');
    await cp(corpus, copy, { recursive: true });
    const { changes, left, run, plan } = await mender.rewrite([copy], inPlace);
    expect(left).toEqual([]);
    expect(changes.length).toBeGreaterThan(100);
    for (const step of plan.spec.steps) {
      if (step.kind !== 'edit-file') continue;
      const text = await readFile(step.file, 'utf8');
      let shift = 0;
      let rest = '';
      let at = 0;
      for (const { offset, before, after } of step.edits) {
        expect(after.endsWith(before.split('/').at(-1) ?? '')).toBe(true);
        rest += text.slice(at, offset + shift) + before;
        at = offset + shift + after.length;
        shift += after.length - before.length;
      }
      const original = await readFile(join(corpus, step.file.slice(copy.length)), 'utf8');
      expect(rest + text.slice(at)).toBe(original);
      expect(parseAllDocuments(text).flatMap(({ errors }) => errors)).toEqual([]);
    }
    const again = await mender.rewrite([copy], look);
    expect(again.changes).toEqual([]);
    await undo(run);
    for (const step of plan.spec.steps) {
      if (step.kind !== 'edit-file') continue;
      expect(await readFile(step.file, 'utf8')).toBe(
        await readFile(join(corpus, step.file.slice(copy.length)), 'utf8'),
      );
    }
  }, 60_000);
});

import { listManifests } from '../../stages/source/files/index.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exitCode } from '../../core/base/index.ts';
import { fakeMender } from './testing/fake-mender.ts';
import { probe } from './testing/shop.ts';
import { runIn, type Ran } from './testing/world.ts';

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } };

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-images-'));
  file = join(folder, 'pod.json');
  const container = { name: 'c', image: 'nginx', args: ['--to=db:5432', '--helper-image=acme/helper'] };
  await writeFile(file, JSON.stringify({ ...pod, spec: { containers: [container] } }));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function images(...flags: readonly string[]): Promise<Ran> {
  const createMender: Parameters<typeof runIn>[0]['createMender'] = async (options) => ({
    ...fakeMender({}, [], options),
    images: async (source) => await listManifests(source.type === 'files' ? source.paths : []),
  });
  return await runIn({ createMender }, 'images', file, ...flags);
}

test('one name a line', async () => {
  const { out, code } = await images('-o', 'list');
  expect([out, code]).toEqual(['docker.io/acme/helper:latest\ndocker.io/library/nginx:latest\n', 0]);
});

describe('with --digests', () => {
  const digest = `sha256:${'a'.repeat(64)}`;

  /** `known`: the images to which a registry gives a digest. */
  async function digests(known: readonly string[], ...flags: readonly string[]): Promise<Ran> {
    const createMender: Parameters<typeof runIn>[0]['createMender'] = async (options) => ({
      ...fakeMender({}, [], options),
      images: async () => await listManifests([file]),
      find: async (image) => ({
        image,
        origin: { ...probe(image, 'absent'), ...(known.includes(image) && { digest }) },
        candidates: [],
      }),
    });
    return await runIn({ createMender }, 'images', file, '-o', 'list', '--digests', ...flags);
  }

  const helper = 'docker.io/acme/helper:latest';
  const nginx = 'docker.io/library/nginx:latest';

  test('each image with what its registry says', async () => {
    const { out, err, code } = await digests([helper, nginx]);
    expect([out, err, code]).toEqual([`${helper}@${digest}\n${nginx}@${digest}\n`, '', 0]);
  });

  test('an image without a digest is left out, named and told by the exit code', async () => {
    const { out, err, code } = await digests([nginx]);
    expect(out).toBe(`${nginx}@${digest}\n`);
    expect(err).toBe(`left out, their registries give no digest: ${helper}\n`);
    expect(code).toBe(exitCode.failuresLeft);
  });

  test('a name that has its digest is not asked for', async () => {
    const pinned = `docker.io/library/nginx@${digest}`;
    await writeFile(file, JSON.stringify({ ...pod, spec: { containers: [{ name: 'c', image: pinned }] } }));
    const { out, code } = await digests([]);
    expect([out, code]).toEqual([`${pinned}\n`, 0]);
  });
});

test('the list for programs', async () => {
  expect(JSON.parse((await images('-o', 'json')).out)).toMatchObject({
    kind: 'ImageList',
    items: [
      {
        image: 'nginx',
        reference: 'docker.io/library/nginx:latest',
        place: 'container',
        pulled: 'direct',
        resource: 'Pod/p',
        path: 'spec.containers[0].image',
        container: 'c',
        file,
        line: 1,
      },
      { image: 'acme/helper', place: 'arg', pulled: 'indirect', path: 'spec.containers[0].args[1]' },
    ],
    notImages: [{ text: 'db:5432', reason: 'host-port', path: 'spec.containers[0].args[0]' }],
  });
});

test.each([
  ['db:5432', 'db:5432 is not an image: it is a host with a port'],
  ['acme/helper', 'acme/helper is an image: the name of its field, variable or flag says image'],
  ['quay.io/a/b:1', 'quay.io/a/b:1 is an image: it has a registry and a tag'],
])('--explain %s', async (text, answer) => {
  expect((await images('--explain', text)).out).toContain(answer);
});

test.each([
  [['--kustomize', 'over'], { type: 'kustomize', folder: 'over', enableHelm: false }],
  [
    ['--chart', 'web.tgz', '-f', 'a.yaml', '-f', 'b.yaml', '-n', 'shop', '--kube-version', 'v1.33.0'],
    {
      type: 'chart',
      chart: 'web.tgz',
      valuesFiles: ['a.yaml', 'b.yaml'],
      namespace: 'shop',
      kubeVersion: 'v1.33.0',
    },
  ],
  [['--release', 'web', '-n', 'shop'], { type: 'release', name: 'web', namespace: 'shop' }],
  [['--from-cluster', '-A', '-l', 'app=web'], { type: 'cluster', allNamespaces: true, selector: 'app=web' }],
  [['--node', 'node1'], { type: 'node', name: 'node1' }],
])('images %j', async (argv, source) => {
  const { calls, code, out } = await runIn({}, 'images', ...argv);
  expect(calls).toContainEqual({ name: 'images', options: source });
  expect([code, out.trim()]).toEqual([0, 'no image found']);
});

test.each([
  [[], 'nothing to read'],
  [['a.yaml', '--node', 'n'], 'only one source at a time: PATH, --node'],
  [['a.yaml', '--values', 'b.yaml'], '--values goes with --chart only'],
  [['--release', 'web', '-A'], '-A goes with --from-cluster only'],
])('images %j is refused', async (argv, problem) => {
  const { err, code } = await runIn({}, 'images', ...argv);
  expect(err.replaceAll(/\s+/g, ' ')).toContain(problem);
  expect(code).toBe(2);
});

test('what was left out or could not be read is said below, and in the document', async () => {
  const notes = [
    { kind: 'chart', path: 'deploy/web' },
    { kind: 'not-read', resource: 'configmaps' },
  ] as const;
  const createMender: Parameters<typeof runIn>[0]['createMender'] = async (options) => ({
    ...fakeMender({}, [], options),
    images: async () => ({ groups: [], notes }),
  });
  const { out } = await runIn({ createMender }, 'images', 'deploy');
  expect(out).toContain('left out, Helm charts must be rendered: deploy/web; see --chart');
  expect(out).toContain('not read, this user may not list: configmaps');
  const { out: json } = await runIn({ createMender }, 'images', 'deploy', '-o', 'json');
  expect(JSON.parse(json)).toMatchObject({ notes });
});

import { readManifests } from '../../stages/source/index.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeMender } from './testing/fake-mender.ts';
import { runIn, type Ran } from './testing/world.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-images-'));
  file = join(folder, 'pod.json');
  const container = { name: 'c', image: 'nginx', args: ['--to=db:5432', '--helper-image=acme/helper'] };
  await writeFile(
    file,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [container] },
    }),
  );
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function images(...flags: readonly string[]): Promise<Ran> {
  const createMender: Parameters<typeof runIn>[0]['createMender'] = async (options) => ({
    ...fakeMender({}, [], options),
    images: async (paths) => await readManifests(paths),
  });
  return await runIn({ createMender }, 'images', file, ...flags);
}

test('one name a line', async () => {
  const { out, code } = await images('-o', 'list');
  expect([out, code]).toEqual(['docker.io/acme/helper:latest\ndocker.io/library/nginx:latest\n', 0]);
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

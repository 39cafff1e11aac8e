import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMender } from '../../../flows/index.ts';
import { runIn, type Ran } from '../testing/world.ts';

let folder: string;
let manifest: string;

const pod =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [{name: c, image: nginx:1.27}]\n';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-cli-rewrite-'));
  manifest = join(folder, 'pod.yaml');
  await writeFile(manifest, pod);
  await writeFile(
    join(folder, 'config.yaml'),
    'apiVersion: pullmend.dev/v1alpha1\nkind: MirrorSet\nmirrors:\n  - { name: all, scheme: prefix-host-path, at: harbor.corp/m }\n',
  );
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function rewrite(...argv: readonly string[]): Promise<Ran> {
  const env = { XDG_STATE_HOME: join(folder, 'state') };
  const world = { env, createMender };
  return await runIn(world, 'rewrite', ...argv, '--config', join(folder, 'config.yaml'));
}

test('a patch stands alone on stdout, what is said about it on stderr', async () => {
  const { code, out, err } = await rewrite(manifest, '--no-probe');
  expect(code).toBe(0);
  expect(out).toMatch(/^--- a\//);
  expect(out).toContain(
    '-  containers: [{name: c, image: nginx:1.27}]\n+  containers: [{name: c, image: harbor.corp/m/docker.io/library/nginx:1.27}]\n',
  );
  expect(err).toContain('1 place in 1 file to rewrite');
  expect(await readFile(manifest, 'utf8')).toBe(pod);
});

test('in place tells how to take it back; then there is nothing to do', async () => {
  const first = await rewrite(manifest, '--no-probe', '--in-place');
  expect(first.code).toBe(0);
  expect(first.out).toMatch(
    /nginx:1\.27 → harbor\.corp\/m\/docker\.io\/library\/nginx:1\.27[^]*undo: pullmend undo r-/,
  );
  expect(await rewrite(manifest, '--no-probe', '--in-place')).toMatchObject({ code: 0 });
  expect(await rewrite(manifest, '--check')).toMatchObject({ code: 0, out: '' });
});

test('check names the places, without any network', async () => {
  const { code, out } = await rewrite(manifest, '--check');
  expect(code).toBe(3);
  expect(out).toBe(`${manifest}:5:33  nginx:1.27 → harbor.corp/m/docker.io/library/nginx:1.27\n`);
});

test('as JSON, with the patch', async () => {
  const { out } = await rewrite(manifest, '--no-probe', '-o', 'json');
  expect(JSON.parse(out)).toMatchObject({
    kind: 'RewriteReport',
    way: 'diff',
    changes: [
      { image: 'nginx:1.27', with: 'harbor.corp/m/docker.io/library/nginx:1.27', mirror: 'all', line: 5 },
    ],
    left: [],
  });
});

test.each([[['--in-place', '--check']], [['--lock', '--no-probe']], [['--to-origin', '--lock']]])(
  'refuses what contradicts itself: %j',
  async (flags) => {
    expect(await rewrite(manifest, ...flags)).toMatchObject({ code: 2 });
  },
);

test('--kustomize takes one folder alone', async () => {
  for (const more of [[manifest], ['--to-origin'], ['--set-registry'], ['-n', 'shop']]) {
    expect(await rewrite('--kustomize', folder, ...more)).toMatchObject({ code: 2 });
  }
  const { code, err } = await rewrite('--kustomize', folder, '--no-probe');
  expect(code).toBe(2);
  expect(err).toContain('PM_KUSTOMIZE_NONE');
});

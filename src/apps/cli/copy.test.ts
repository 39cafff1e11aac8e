import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startFaultyRegistry, type FaultyRegistry } from '../../../test/support/faulty.ts';
import { makeImage, pushToStore, type TestImage } from '../../../test/support/images.ts';
import { runIn } from './testing/world.ts';

let registry: FaultyRegistry;
let image: TestImage;
let env: Record<string, string>;
let list: string;

beforeEach(async () => {
  registry = await startFaultyRegistry();
  image = await makeImage({ seed: 'cli' });
  await pushToStore(registry.store, 'acme/app', '1', image);
  env = { XDG_STATE_HOME: await mkdtemp(join(tmpdir(), 'pullmend-cli-')) };
  list = `${registry.authority}/acme/app:1 ${registry.authority}/lib/app\n`;
});
afterEach(async () => {
  await registry.close();
  await rm(env['XDG_STATE_HOME'] ?? '', { recursive: true });
});

test('copy says what it did, as text and as data', async () => {
  const names = [`${registry.authority}/acme/app:1`, `${registry.authority}/lib/`];
  const flags = ['--plain-http', registry.authority];
  const first = await runIn({ env }, 'copy', ...names, ...flags);
  expect([first.code, first.err]).toEqual([0, '']);
  expect(first.out).toContain(`→ ${registry.authority}/lib/acme/app:1`);
  expect(first.out).toContain('1 image copied · 0 unchanged · 0 failed');
  const again = await runIn({ env }, 'copy', ...names, ...flags, '-o', 'json');
  expect(JSON.parse(again.out)).toMatchObject({
    kind: 'CopyReport',
    items: [{ state: 'unchanged', digest: image.digest }],
  });
});

test.each([
  ['last-segment', 'lib', '/lib/', 'lib/app:1', 'copies'],
  ['drop-host', 'lib', '/lib/acme/', 'lib/acme/app:1', 'copies'],
  ['last-segment', 'lib', '/other/', 'other/acme/app:1', undefined],
  ['last-segment', 'lib', '/', 'acme/app:1', undefined],
  ['last-segment', 'lib', '/lib/deeper/', 'lib/deeper/acme/app:1', undefined],
  ['harbor-proxy', 'lib', '/lib/', 'lib/acme/app:1', undefined],
])('below a path copy gives the name that a mirror there has: %s at %s, %s', async (...row) => {
  const [scheme, at, place, name, mirror] = row;
  const origin = await startFaultyRegistry();
  await pushToStore(origin.store, 'acme/app', '1', image);
  const config = `apiVersion: pullmend.dev/v1alpha1
kind: MirrorSet
mirrors:
  - { name: copies, match: ['**'], scheme: ${scheme}, at: '${registry.authority}/${at}', plainHttp: true }
`;
  const file = join(env['XDG_STATE_HOME'] ?? '', 'config.yaml');
  await writeFile(file, config);
  const names = [`${origin.authority}/acme/app:1`, `${registry.authority}${place}`];
  const flags = ['--plain-http', origin.authority, '--config', file];
  const target = `${registry.authority}/${name}`;
  const json = await runIn({ env }, 'copy', ...names, ...flags, '--dry-run', '-o', 'json');
  await origin.close();
  const { items } = JSON.parse(json.out) as { items: readonly { target: string; mirror?: string }[] };
  expect(items.map((item) => [item.target, item.mirror])).toEqual([[target, mirror]]);
});

test('a name that no mirror gives is told, with where to look', async () => {
  const names = [`${registry.authority}/acme/app:1`, `${registry.authority}/lib/`];
  const { out } = await runIn({ env }, 'copy', ...names, '--plain-http', registry.authority, '--dry-run');
  expect(out.replaceAll(/\s+/g, ' ')).toContain(
    `no mirror of the configuration would look for ${registry.authority}/lib/acme/app:1: pullmend fix will not find it`,
  );
  expect(out).toContain(`pullmend mirrors explain ${names[0]}`);
});

test('sync reads a list from a file and from standard input; a dry run writes nothing', async () => {
  const flags = ['--plain-http', registry.authority];
  const dry = await runIn({ env, files: { 'list.txt': list } }, 'sync', 'list.txt', ...flags, '--dry-run');
  expect(dry.code).toBe(0);
  expect(dry.out).toContain('1 image would be copied · 0 unchanged; nothing was written');
  expect(await registry.store.listTags('lib/app')).toBeUndefined();
  const done = await runIn({ env, stdin: list }, 'sync', '-', ...flags, '--lang', 'zh');
  expect([done.code, done.out.includes('已复制 1')]).toEqual([0, true]);
});

test('what fails is said with its reason', async () => {
  const missing = list.replace('acme/app', 'acme/none');
  const ran = await runIn({ env, stdin: missing }, 'sync', '-', '--plain-http', registry.authority);
  expect(ran.code).toBe(1);
  expect(ran.out).toContain('PM_REGISTRY_ABSENT');
});

test.each([
  [['copy', 'nginx'], 'at least one image and then the destination'],
  [['copy', 'nginx', 'redis', 'r.corp/a'], 'is one image name'],
  [['sync', 'none.txt'], 'PM_FILE_UNREADABLE'],
  [['sync', '-'], 'PM_COPY_NO_TARGET'],
  [['sync', '-', '--to', 'nobody'], 'PM_MIRROR_NOT_WRITABLE'],
])('%j is refused', async (argv, said) => {
  const ran = await runIn({ env, stdin: 'nginx:1' }, ...argv);
  expect(ran.code).toBe(2);
  expect(ran.err).toContain(said);
});

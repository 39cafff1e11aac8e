import { mkdtemp, rm } from 'node:fs/promises';
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

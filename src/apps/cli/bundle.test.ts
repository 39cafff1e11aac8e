import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startFaultyRegistry, type FaultyRegistry } from '../../../test/support/faulty.ts';
import { makeImage, pushToStore, type TestImage } from '../../../test/support/images.ts';
import { parseSize } from './flags/values.ts';
import { runIn } from './testing/world.ts';

let registry: FaultyRegistry;
let image: TestImage;
let home: string;
let env: Record<string, string>;

beforeEach(async () => {
  registry = await startFaultyRegistry();
  image = await makeImage({ seed: 'cli', multiArch: false });
  await pushToStore(registry.store, 'acme/app', '1', image);
  home = await mkdtemp(join(tmpdir(), 'pullmend-cli-'));
  env = { XDG_STATE_HOME: home };
});
afterEach(async () => {
  await registry.close();
  await rm(home, { recursive: true });
});

async function pullmend(...argv: readonly string[]) {
  const flags = argv[1] === 'verify' || argv[1] === 'diff' ? [] : ['--plain-http', registry.authority];
  return await runIn({ env, stdin: `${registry.authority}/acme/app:1\n` }, ...argv, ...flags);
}

test('a bundle is made from a list, checked, compared and loaded', async () => {
  const out = join(home, 'b');
  const made = await pullmend('bundle', 'create', '--from-file', '-', '--out', out);
  expect([made.code, made.err]).toEqual([0, '']);
  expect(made.out.replaceAll(/\s+/g, ' ')).toContain(`${out}.json · 1 volume`);
  const check = await pullmend('bundle', 'verify', out);
  expect(check.out).toContain('✔ 1 image · 1 volume · every byte is as it was made');
  const diff = await pullmend('bundle', 'diff', out, `${out}.json`, '-o', 'json');
  expect(JSON.parse(diff.out)).toMatchObject({ kind: 'BundleDiff', added: [], same: 1, bytes: 0 });
  const loaded = await pullmend('bundle', 'load', out, '--to', `${registry.authority}/lib`, '-o', 'json');
  expect(JSON.parse(loaded.out)).toMatchObject({ items: [{ state: 'copied', digest: image.digest }] });
  expect((await registry.store.getManifest('lib/acme/app', '1'))?.digest).toBe(image.digest);
});

test('images go into files of this machine and come back', async () => {
  const name = `${registry.authority}/acme/app:1`;
  for (const place of ['oci:layout', 'oci-archive:images.tar', 'docker-archive:docker.tar']) {
    const [form, file] = place.split(':');
    const there = `${form}:${join(home, file ?? '')}`;
    const out = await pullmend('copy', name, there);
    expect([out.code, out.err]).toEqual([0, '']);
    const back = await pullmend('copy', there, `${registry.authority}/back/${form}:1`);
    expect([back.code, back.err]).toEqual([0, '']);
    const stored = await registry.store.getManifest(`back/${form}`, '1');
    // docker save holds no manifest, so its images get a new one.
    if (form !== 'docker-archive') expect(stored?.digest).toBe(image.digest);
    expect(stored).toBeDefined();
  }
  const archive = await readFile(join(home, 'docker.tar'));
  expect(archive.includes(`"RepoTags":["${name}"]`)).toBe(true);
});

test.each([
  [['bundle', 'create', 'nginx'], 'give the bundle a name with --out'],
  [['bundle', 'create', '--out', 'x'], 'name images'],
  [['bundle', 'create', 'nginx', '--out', 'x', '--volume-size', '1MB'], '--volume-size'],
  [['bundle', 'load', 'x'], 'say where it goes with --to'],
  [['bundle', 'load', 'none', '--to', 'r.corp/a'], 'PM_FILE_UNREADABLE'],
  [['bundle', 'verify', 'none'], 'PM_FILE_UNREADABLE'],
  [['bundle', 'diff', 'one'], 'two bundles'],
  [['bundle', 'create', 'nginx', '--out', 'x', '--have', 'none'], 'PM_FILE_UNREADABLE'],
])('%j is refused', async (argv, said) => {
  const ran = await runIn({ env }, ...argv);
  expect(ran.code).toBe(2);
  expect(ran.err).toContain(said);
});

test('sizes', () => {
  const sizes = ['700MB', '4GiB', '2G', '1.5g', '1MB', '4', 'x', ''].map(parseSize);
  expect(sizes).toEqual([700e6, 4 * 1024 ** 3, 2e9, 1.5e9, undefined, undefined, undefined, undefined]);
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startFaultyRegistry, type FaultyRegistry } from '../../../test/support/faulty.ts';
import { makeImage, pushToStore } from '../../../test/support/images.ts';
import { createMender } from '../../flows/index.ts';
import { runIn, type Ran } from './testing/world.ts';

let folder: string;
let file: string;
let registry: FaultyRegistry;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-rewrite-cli-'));
  file = join(folder, 'pods.yaml');
  registry = await startFaultyRegistry();
  await pushToStore(registry.store, 'm/app', '1', await makeImage({ seed: 'cli' }));
  const mirror = `{ name: m, scheme: template, template: "${registry.authority}/m/{last}", plainHttp: true }`;
  const config = `apiVersion: pullmend.dev/v1alpha1\nkind: MirrorSet\nmirrors:\n  - ${mirror}\n`;
  await writeFile(join(folder, 'config.yaml'), config);
  // Nothing listens at port 9.
  await writeFile(file, `${pod('127.0.0.9:9/acme/app:1')}---\n${pod('127.0.0.9:9/acme/gone:1')}`);
});

afterEach(async () => {
  await registry.close();
  await rm(folder, { recursive: true });
});

function pod(image: string): string {
  return `kind: Pod\napiVersion: v1\nmetadata: { name: p }\nspec:\n  containers:\n    - name: c\n      image: ${image} # here\n`;
}

async function rewrite(...flags: readonly string[]): Promise<Ran> {
  const env = { XDG_STATE_HOME: join(folder, 'state') };
  const config = join(folder, 'config.yaml');
  return await runIn({ env, createMender }, 'rewrite', file, '--config', config, ...flags);
}

test('a patch stands alone on stdout; what is left is told beside it, with what brings it', async () => {
  const { out, err, code } = await rewrite('--allow-unverified');
  expect(out).toContain(
    `-      image: 127.0.0.9:9/acme/app:1 # here\n+      image: ${registry.authority}/m/app:1 # here\n`,
  );
  expect(out).not.toContain('gone');
  expect(err).toContain(`${file}:15:14  127.0.0.9:9/acme/gone:1\n`);
  expect(err).toContain(`what fills the gaps: pullmend preflight ${file}\n`);
  expect(code).toBe(3);
});

test('--check asks nobody and lists every place', async () => {
  const { out, err, code } = await rewrite('--check');
  expect(out).toBe(
    `${file}:7:14  127.0.0.9:9/acme/app:1 → ${registry.authority}/m/app:1\n` +
      `${file}:15:14  127.0.0.9:9/acme/gone:1 → ${registry.authority}/m/gone:1\n`,
  );
  expect(err).toBe('2 places in 1 file to rewrite\n');
  expect(code).toBe(3);
});

test('in place: by file and line, how to take it back, and nothing the second time', async () => {
  const first = await rewrite('--in-place', '--no-probe');
  expect(first.out).toContain(`  7  127.0.0.9:9/acme/app:1 → ${registry.authority}/m/app:1\n`);
  expect(first.out).toMatch(/2 places in 1 file rewritten\nundo: pullmend undo r-[0-9a-f]{6}\n$/);
  expect(await readFile(file, 'utf8')).toContain(`image: ${registry.authority}/m/gone:1 # here`);
  const again = await rewrite('--in-place', '--no-probe', '-q');
  expect(again.out).toMatch(/^nothing to rewrite: .*\n$/);
  expect(again.code).toBe(0);
});

test('JSON has the same content', async () => {
  const { out, err } = await rewrite('--allow-unverified', '-o', 'json');
  expect(err).toBe('');
  expect(JSON.parse(out)).toMatchObject({
    kind: 'RewriteReport',
    way: 'diff',
    changes: [
      { image: '127.0.0.9:9/acme/app:1', line: 7, column: 14, with: `${registry.authority}/m/app:1` },
    ],
    left: [{ image: '127.0.0.9:9/acme/gone:1', reason: 'no-copy' }],
    patch: expect.stringContaining('+      image:'),
  });
});

test.each([
  [['--diff', '--check'], 'exclude one another'],
  [['--kustomize', 'x'], '--kustomize takes one folder'],
  [['--values', 'values.yaml'], 'go with --chart only'],
  [['--to-origin', '--lock'], 'cannot be combined'],
  [['--lock', '--no-probe'], 'leave out --no-probe'],
])('%j is refused, and the file stays', async (flags, text) => {
  const before = await readFile(file, 'utf8');
  const { code, err } = await rewrite(...flags);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(text) });
  expect(await readFile(file, 'utf8')).toBe(before);
});

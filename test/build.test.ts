import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { isBuiltin } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OutputChunk } from 'rolldown';
import { bundle, measure } from '../tools/build/bundle.ts';
import { bundledModules, bundledPackages, isPermissive, renderNotices } from '../tools/build/notices.ts';
import { repository } from './support/repository.ts';

/**
 * What a user downloads and what every start reads, in bytes. Raise a number only for something worth it: the
 * command is fetched over bad lines (npx) and started many times a night.
 */
const budget = { total: 2_750_000, start: 360_000 };

let outdir: string;
let chunks: readonly OutputChunk[];

beforeAll(async () => {
  outdir = await mkdtemp(join(tmpdir(), 'pullmend-bundle-'));
  chunks = await bundle({ root: repository, outdir, version: '9.8.7' });
});
afterAll(() => rm(outdir, { recursive: true }));

function bundled(): readonly string[] {
  return bundledModules(chunks).map((path) => relative(repository, path));
}

test('keeps within its size', () => {
  const { total, start } = measure(chunks);
  expect(total).toBeLessThan(budget.total);
  expect(start).toBeLessThan(budget.start);
  expect(start).toBeGreaterThan(0);
});

test('takes the kubeconfig of client-node without its generated API', () => {
  const files = bundled().filter((file) => file.includes('@kubernetes/client-node/dist/'));
  expect(files.map((file) => file.replace(/.*client-node\/dist\//, ''))).toContain('config.js');
  expect(files.filter((file) => /\/gen\/(models|apis|types)\//.test(file))).toEqual([]);
});

test("speaks none of zod's 60 languages: write import * as z, the object z keeps them all", () => {
  const languages = bundled().filter((file) => /\/zod\/v4\/locales\/(?!en\.)/.test(file));
  expect(languages).toEqual([]);
});

test('holds no test code and nothing that is not there at run time', () => {
  expect(bundled().filter((file) => /\.test\.ts$|^test\/|^lab\/|^tools\/|testing\//.test(file))).toEqual([]);
  const names = new Set(chunks.map(({ fileName }) => fileName));
  const external = chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]);
  expect(external.filter((path) => !names.has(path) && !isBuiltin(path))).toEqual([]);
});

test('says its version and keeps the rest of package.json to itself', () => {
  expect(chunks.some(({ code }) => code.includes('9.8.7'))).toBe(true);
  expect(chunks.filter(({ code }) => code.includes('dependency-cruiser'))).toEqual([]);
});

test('every bundled package stands in the notices with its licence text', () => {
  const packages = bundledPackages(chunks);
  const notices = renderNotices(packages);
  expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(['commander', 'undici', 'yaml']));
  for (const { name, version } of packages) expect(notices).toContain(`${name} ${version}`);
});

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-only)', true],
  ['Apache-2.0 AND BSD-3-Clause', true],
  ['Apache-2.0 AND LGPL-2.1', false],
  ['(MIT OR GPL-3.0) AND (GPL-3.0)', false],
  ['GPL-2.0', false],
  ['SEE LICENSE IN x', false],
  ['unknown', false],
])('licence %s: may be bundled: %s', (expression, expected) => {
  expect(isPermissive(expression)).toBe(expected);
});

test('refuses a package without permission or without its text', () => {
  const gpl = { name: 'gnu', version: '1.0.0', licence: 'GPL-3.0', texts: ['…'] };
  const bare = { name: 'bare', version: '2.0.0', licence: 'MIT', texts: [] };
  expect(() => renderNotices([gpl, bare])).toThrow(/gnu 1\.0\.0: licence GPL-3\.0[^]*bare 2\.0\.0/);
});

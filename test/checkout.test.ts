import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOfBuild, digestOfSources } from '../tools/build/stamp.ts';
import { repository } from './support/repository.ts';

let elsewhere: string;
beforeAll(() => {
  elsewhere = mkdtempSync(join(tmpdir(), 'pullmend-checkout-'));
});
afterAll(() => rmSync(elsewhere, { recursive: true }));

/** As README says it, called from a folder of the user's own. */
function pullmend(...args: readonly string[]) {
  const npm = ['--prefix', repository, 'run', '-s', 'pullmend', '--', ...args];
  return spawnSync('npm', npm, { cwd: elsewhere, encoding: 'utf8' });
}

test('prints what the command prints, and nothing else', () => {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    version: string;
  };
  const { status, stdout } = pullmend('--version');
  expect({ status, stdout }).toEqual({ status: 0, stdout: `${version}\n` });
});

test('hands the exit code on', () => {
  expect(pullmend('--no-such-flag').status).toBe(2);
});

test("reads files in the caller's folder", () => {
  writeFileSync(join(elsewhere, 'broken.yaml'), 'a: [1\n');
  const { status, stderr } = pullmend('diagnose', '-f', 'broken.yaml');
  expect(status).toBe(2);
  expect(stderr).toContain('PM_FILE_BROKEN');
});

test('has built from these very sources', () => {
  pullmend('--version');
  expect(digestOfBuild(join(repository, 'dist'))).toBe(digestOfSources(repository));
});

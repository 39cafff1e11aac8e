import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repository } from './support/repository.ts';

type Manifest = {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly dependencies?: object;
};

const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as Manifest;

let folder: string;
let packed: readonly string[];

function run(program: string, args: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv }) {
  return spawnSync(program, [...args], { encoding: 'utf8', env: process.env, ...options });
}

/** npm without the surroundings of the `npm test` that runs this. */
function npm(args: readonly string[], cwd: string): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  const { status, stdout, stderr } = run('npm', args, { cwd, env });
  if (status !== 0) throw new Error(`npm ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-pack-'));
  const empty = join(folder, 'empty');
  await mkdir(empty);
  const [pack] = JSON.parse(
    npm(['pack', '--json', '--silent', '--pack-destination', folder], repository),
  ) as [{ filename: string; files: { path: string }[] }];
  packed = pack.files.map(({ path }) => path);
  npm(
    ['install', '--offline', '--no-audit', '--no-fund', '--prefix', empty, join(folder, pack.filename)],
    empty,
  );
});
afterAll(() => rm(folder, { recursive: true }));

describe('the packed command in an empty folder', () => {
  function installed(bin: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const cwd = join(folder, 'empty');
    const path = [join(process.execPath, '..'), process.env['PATH']].join(delimiter);
    return run(join(cwd, 'node_modules', '.bin', bin), args, {
      cwd,
      env: { ...process.env, PATH: path, ...env },
    });
  }

  test('brings nothing else along', async () => {
    const modules = await readdir(join(folder, 'empty', 'node_modules'));
    expect(modules.filter((name) => !name.startsWith('.'))).toEqual(['pullmend']);
    expect(manifest.dependencies).toBeUndefined();
  });

  test('holds the command, the notices and the licence, and no sources', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'bin/pullmend.cjs',
        'dist/THIRD_PARTY_NOTICES.txt',
        'dist/cli.js',
        'package.json',
      ]),
    );
    expect(packed.filter((path) => /^(src|test|lab|tools)\//.test(path))).toEqual([]);
  });

  test('says its version', () => {
    const { status, stdout, stderr } = installed('pullmend', ['--version']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trim()).toBe(manifest.version);
  });

  test('is a plug-in of kubectl, by its own name', () => {
    const { status, stdout } = installed('kubectl-pullmend', ['--help'], { LANG: 'C' });
    expect(status).toBe(0);
    expect(stdout).toContain('kubectl pullmend');
  });

  test('runs for a user without a home folder', () => {
    const { status, stdout } = installed('pullmend', ['--version'], { HOME: '', XDG_CACHE_HOME: '' });
    expect(status).toBe(0);
    expect(stdout.trim()).toBe(manifest.version);
  });
});

describe('bin/pullmend.cjs on an old Node.js', () => {
  const bin = join(repository, 'bin', 'pullmend.cjs');
  const old = ['/usr/bin/node', '/usr/local/bin/node'].find((node) => existsSync(node) && isOld(node));

  function isOld(node: string): boolean {
    const [major = 0] = run(node, ['-p', 'process.versions.node'], { cwd: repository })
      .stdout.split('.')
      .map(Number);
    return major < 22;
  }

  function expectRefusal({ status, stdout, stderr }: ReturnType<typeof run>, version: RegExp): void {
    expect(status).toBe(64);
    expect(stdout).toBe('');
    expect(stderr).toMatch(version);
    expect(stderr).toContain('pullmend needs Node.js 22.19 or newer');
    expect(stderr).toContain('pullmend 需要 Node.js 22.19 或更高版本');
    expect(stderr).not.toContain('    at ');
  }

  test.skipIf(old === undefined)('refuses in both languages', () => {
    expectRefusal(run(old ?? '', [bin, 'fix', '-A'], { cwd: repository }), /this is \d+\./);
  });

  test.each(['22.18.0', '20.20.2', '8.17.0', '0.12.18'])('refuses %s', (version) => {
    const pretend = `Object.defineProperty(process.versions,'node',{value:'${version}'});require(${JSON.stringify(bin)})`;
    expectRefusal(
      run(process.execPath, ['-e', pretend], { cwd: repository }),
      new RegExp(`this is ${version}\\.`),
    );
  });

  test('asks for the version that package.json promises', () => {
    expect(manifest.engines.node).toBe('>=22.19.0');
  });
});

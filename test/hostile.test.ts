import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildIfNeeded } from '../tools/build/index.ts';

/* The command as it is started, with what only a process has: a home, signals, an end that nobody announces. */

const bin = join(import.meta.dirname, '..', 'bin', 'pullmend.cjs');
const onLinux = process.platform === 'linux';
let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  await buildIfNeeded();
}, 60_000);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-process-'));
  await writeFile(at('a.yaml'), pod(0));
  const mirror = '{ name: m, match: ["docker.io/**"], scheme: harbor-proxy, at: harbor.test/proxy }';
  await writeFile(
    at('config.yml'),
    `apiVersion: pullmend.dev/v1alpha1\nkind: MirrorSet\nmirrors:\n  - ${mirror}\n`,
  );
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function pod(n: number): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: p${n} }\nspec:\n  containers:\n    - { name: c, image: "docker.io/library/nginx:1.25" }\n`;
}

type Home = { readonly HOME?: string };

function start(argv: readonly string[], home: Home = { HOME: at('home') }): ChildProcess {
  const { PATH } = process.env;
  // In a folder of the test: a home may be relative.
  return spawn(process.execPath, [bin, ...argv], {
    cwd: folder,
    env: { PATH, LC_ALL: 'C', ...home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function ended(child: ChildProcess) {
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, said };
}

describe.runIf(onLinux)('a home that is none', () => {
  const homes: readonly (readonly [string, Home])[] = [
    ['not set', {}],
    ['empty', { HOME: '' }],
    ['a file', { HOME: bin }],
    ['a device', { HOME: '/dev/null' }],
    ['below /proc', { HOME: '/proc' }],
    ['open files', { HOME: '/proc/self/fd' }],
    ['below /sys', { HOME: '/sys' }],
    ['relative', { HOME: 'no/such' }],
    ['very long', { HOME: `/tmp/${'x'.repeat(5000)}` }],
  ];
  const commands = [
    ['--help'],
    ['images', 'a.yaml'],
    ['mirrors', 'list'],
    ['undo', '--list'],
    ['find', '127.0.0.1:9/x:1'],
  ];
  const rows = homes.flatMap(([name, home]) =>
    commands.map((argv) => ({ name, home, argv, line: argv.join(' ') })),
  );
  test.each(rows)('$name: $line', async ({ home, argv }) => {
    const { code, signal, said } = await ended(
      start(
        argv.map((word) => (word === 'a.yaml' ? at(word) : word)),
        home,
      ),
    );
    expect([typeof code, signal]).toEqual(['number', null]);
    expect(said).not.toContain('PM_INTERNAL');
    if (argv[0] === 'images') expect(code).toBe(0);
    expect((await readdir(folder)).filter((it) => !/^(?:a\.yaml|config\.yml|home)$/.test(it))).toEqual([]);
  });

  test.each(homes.filter(([name]) => name !== 'not set' && name !== 'empty' && name !== 'relative'))(
    '%s: a rewrite that cannot be recorded changes nothing',
    async (_, home) => {
      const argv = ['rewrite', at('a.yaml'), '--no-probe', '--in-place', '--config', at('config.yml')];
      const { code, said } = await ended(start(argv, home));
      expect(code).toBe(4);
      expect(said).toContain('PM_FILE_UNWRITABLE');
      expect(await readFile(at('a.yaml'), 'utf8')).toBe(pod(0));
    },
  );
});

describe.runIf(onLinux)('a run is ended by', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s while a helm hangs, with all that helm started',
    async (signal) => {
      const helm = at('helm');
      await writeFile(helm, `#!/bin/sh\n(sleep 600) & echo $! > "${at('pid')}"\nsleep 600\n`);
      await chmod(helm, 0o755);
      await mkdir(at('chart'));
      await writeFile(at('chart/Chart.yaml'), 'apiVersion: v2\nname: x\nversion: 1.0.0\n');
      const { PATH } = process.env;
      const child = spawn(process.execPath, [bin, 'images', '--chart', at('chart')], {
        env: { PATH, PULLMEND_HELM: helm, HOME: at('home') },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      while (!existsSync(at('pid'))) await new Promise((resolve) => setTimeout(resolve, 20));
      await new Promise((resolve) => setTimeout(resolve, 50));
      child.kill(signal);
      await ended(child);
      const pid = (await readFile(at('pid'), 'utf8')).trim();
      await expect.poll(() => /^\d+ \(.*\) [^Z]/s.test(statOf(pid))).toBe(false);
    },
  );

  test('SIGTERM while it waits for the writer of a pipe', async () => {
    execFileSync('mkfifo', [at('pipe.yaml')]);
    const child = start(['images', at('pipe.yaml')]);
    setTimeout(() => child.kill('SIGTERM'), 500);
    const { code, signal } = await ended(child);
    expect(code === 130 || signal === 'SIGTERM').toBe(true);
  });
});

function statOf(pid: string): string {
  try {
    return execFileSync('cat', [`/proc/${pid}/stat`], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  } catch {
    return '';
  }
}

describe('a folder with what nobody can read to its end', () => {
  test.runIf(onLinux)('is read all the same', async () => {
    await mkdir(at('all'));
    await writeFile(at('all/a.yaml'), pod(0));
    execFileSync('mkfifo', [at('all/pipe.yaml')]);
    await symlink('/dev/zero', at('all/zero.yaml'));
    await symlink('/proc/kmsg', at('all/news.yaml'));
    const { code, said } = await ended(start(['images', at('all')]));
    expect(code).toBe(0);
    expect(said).toContain('docker.io/library/nginx:1.25');
    expect(said).toMatch(/left out: [^]*zero\.yaml/);
  });
});

describe('kills at any moment of a rewrite', () => {
  const files = 40;
  test.each(Array.from({ length: 12 }, (_, n) => n))(
    'kill %i: each file is old or new, and undo gives all back',
    async (n) => {
      const source = at('files');
      await mkdir(source);
      for (let index = 0; index < files; index += 1)
        await writeFile(join(source, `p${index}.yaml`), pod(index));
      const argv = ['rewrite', source, '--no-probe', '--in-place', '--config', at('config.yml')];
      const child = start(argv);
      setTimeout(() => child.kill('SIGKILL'), 150 + n * 25);
      await ended(child);
      for (let index = 0; index < files; index += 1) {
        const text = await readFile(join(source, `p${index}.yaml`), 'utf8');
        expect([pod(index), pod(index).replace('docker.io', 'harbor.test/proxy')]).toContain(text);
      }
      // Nothing to undo where it was killed before it began.
      await ended(start(['undo', '--yes']));
      for (let index = 0; index < files; index += 1) {
        expect(await readFile(join(source, `p${index}.yaml`), 'utf8')).toBe(pod(index));
      }
      expect((await ended(start(argv))).code).toBe(0);
      expect((await readdir(source)).filter((name) => !/^p\d+\.yaml$/.test(name))).toEqual([]);
    },
  );
});

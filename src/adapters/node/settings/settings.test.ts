import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { localShell } from '../local.ts';
import type { NodeShell } from '../shell.ts';
import { missingFolders, restoreNodeFiles, sha256, sumsOf, writeNodeFiles } from './index.ts';

const shell = localShell(new AbortController().signal);
const runtime = { pid: 'self' };
let folder = '';
let config = '';
let hosts = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pullmend node's "));
  config = join(folder, 'config.conf');
  hosts = join(folder, 'certs.d', 'docker.io', 'hosts.toml');
  await writeFile(config, 'old\n# with $HOME and `quotes`\n');
  await chmod(config, 0o640);
});
afterEach(async () => rm(folder, { recursive: true }));

const text = 'a = "$(reboot)" \'`x`\'\nno line break';

async function changes() {
  const before = sha256(await readFile(config, 'utf8'));
  return [
    { path: hosts, after: sha256(text), text },
    { path: config, before, after: sha256('new\n'), text: 'new\n' },
  ];
}

/** A shell whose script is killed, with all that it started, so many milliseconds after its start. */
function killing(afterMs: number): NodeShell {
  return {
    ...shell,
    run: async (script) => {
      const child = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
      const chunks: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
      const timer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), afterMs);
      await once(child, 'close');
      clearTimeout(timer);
      return { stdout: Buffer.concat(chunks).toString(), stderr: '', exit: child.exitCode ?? 137 };
    },
  };
}

const named = { run: 'r-1', node: 'node1' };

async function all(): Promise<readonly string[]> {
  return (await readdir(folder, { recursive: true })).toSorted();
}

describe('files of a node', () => {
  test('are written and put back byte for byte, with mode and folders', async () => {
    const before = await all();
    const { mtimeMs } = await stat(config);
    const files = await changes();
    const folders = await missingFolders(
      shell,
      runtime,
      files.map(({ path }) => path),
    );
    expect(folders).toEqual([join(folder, 'certs.d', 'docker.io'), join(folder, 'certs.d')]);
    await writeNodeFiles(shell, runtime, files, named);
    expect(await readFile(hosts, 'utf8')).toBe(text);
    expect((await stat(config)).mode & 0o777).toBe(0o640);
    expect(await sumsOf(shell, runtime, [hosts, config, join(folder, 'no')])).toEqual(
      new Map([
        [hosts, sha256(text)],
        [config, sha256('new\n')],
      ]),
    );
    const dry = await restoreNodeFiles(shell, runtime, files, { run: 'r-1', folders, dryRun: true });
    expect([...dry.values()]).toEqual(['restored', 'restored']);
    expect(await readFile(config, 'utf8')).toBe('new\n');
    await restoreNodeFiles(shell, runtime, files, { run: 'r-1', folders, dryRun: false });
    expect(await all()).toEqual(before);
    expect(await stat(config)).toMatchObject({ mtimeMs });
    expect((await stat(config)).mode & 0o777).toBe(0o640);
    const again = await restoreNodeFiles(shell, runtime, files, { run: 'r-1', folders, dryRun: false });
    expect([...again.values()]).toEqual(['already', 'already']);
  });

  test('done already is done, half done is finished', async () => {
    const files = await changes();
    await writeNodeFiles(shell, runtime, files.slice(0, 1), named);
    await writeFile(join(folder, '.config.conf.pullmend-new'), 'of a killed run');
    await writeNodeFiles(shell, runtime, files, named);
    await writeNodeFiles(shell, runtime, files, named);
    expect(await readFile(config, 'utf8')).toBe('new\n');
    expect(await all()).toEqual([
      '.config.conf.pullmend-r-1',
      'certs.d',
      'certs.d/docker.io',
      'certs.d/docker.io/hosts.toml',
      'config.conf',
    ]);
  });

  test('somebody else wrote one: none is written', async () => {
    const files = await changes();
    await writeFile(config, 'mine');
    await expect(writeNodeFiles(shell, runtime, files, named)).rejects.toMatchObject({
      code: 'PM_NODE_FILE_CHANGED',
      params: { node: 'node1', file: config },
    });
    expect(await all()).toEqual(['config.conf']);
    await writeFile(config, 'new\n');
    await writeNodeFiles(shell, runtime, files, named);
    await writeFile(hosts, 'mine');
    const back = await restoreNodeFiles(shell, runtime, files, { run: 'r-1', folders: [], dryRun: false });
    expect([...back]).toEqual([
      [config, 'no-backup'],
      [hosts, 'changed-since'],
    ]);
  });

  test('one that cannot be written takes the others back', async () => {
    const files = [...(await changes()), { path: join(config, 'x'), after: sha256(text), text }];
    await expect(writeNodeFiles(shell, runtime, files, named)).rejects.toMatchObject({
      code: 'PM_NODE_FILE_UNWRITABLE',
      params: { file: join(config, 'x') },
    });
    expect(await readFile(config, 'utf8')).toMatch(/^old/);
    expect(await all()).toEqual(['config.conf']);
  });

  test(
    'killed at any moment: the next run finishes, undo restores, nothing is left',
    { timeout: 60_000 },
    async () => {
      const before = await all();
      for (let kill = 0; kill < 50; kill += 1) {
        const files = await changes();
        const folders = await missingFolders(
          shell,
          runtime,
          files.map(({ path }) => path),
        );
        const late = killing(kill * 2);
        await writeNodeFiles(late, runtime, files, named).catch(() => undefined);
        expect(['old\n# with $HOME and `quotes`\n', 'new\n']).toContain(await readFile(config, 'utf8'));
        if (kill % 2 === 0) {
          await writeNodeFiles(shell, runtime, files, named);
          expect([await readFile(config, 'utf8'), await readFile(hosts, 'utf8')]).toEqual(['new\n', text]);
        }
        await restoreNodeFiles(shell, runtime, files, {
          run: 'r-1',
          folders: [...folders, join(folder, 'certs.d', 'docker.io'), join(folder, 'certs.d')],
          dryRun: false,
        });
        expect(await all()).toEqual(before);
      }
    },
  );

  test('a link stays a link', async () => {
    const link = join(folder, 'link.conf');
    await symlink(config, link);
    const [, file] = await changes();
    await writeNodeFiles(shell, runtime, [{ ...(file ?? { after: '', text: '' }), path: link }], named);
    expect(await readFile(config, 'utf8')).toBe('new\n');
    const back = await restoreNodeFiles(shell, runtime, [{ ...(file ?? { after: '' }), path: link }], {
      run: 'r-1',
      folders: [],
      dryRun: false,
    });
    expect(back.get(link)).toBe('restored');
    expect(await readFile(link, 'utf8')).toMatch(/^old/);
  });
});

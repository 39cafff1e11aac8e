import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  copyFolder,
  filesOfFolder,
  findFiles,
  makeTemporaryFolder,
  readRegular,
  readTextFile,
  readWrittenFile,
  writeFileAtomic,
} from './index.ts';

const onLinux = process.platform === 'linux';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-hostile-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const inside = (name: string): string => join(folder, name);

async function pipe(name: string): Promise<string> {
  execFileSync('mkfifo', [inside(name)]);
  return inside(name);
}

async function socket(name: string): Promise<{ readonly path: string; readonly close: () => void }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(inside(name), resolve));
  return { path: inside(name), close: () => server.close() };
}

describe.runIf(onLinux)('what is no regular file', () => {
  const unread = (path: string) =>
    expect(readTextFile(path)).rejects.toMatchObject({
      code: 'PM_FILE_UNREADABLE',
      params: { reason: 'it is no regular file' },
    });

  test('is not opened: a pipe without a writer', async () => await unread(await pipe('a.yaml')));
  test('is not opened: a device without end', async () => await unread('/dev/zero'));

  test('is not opened: a link to a device without end', async () => {
    await symlink('/dev/zero', inside('a.yaml'));
    await unread(inside('a.yaml'));
  });

  test('is not opened: a socket', async () => {
    const { path, close } = await socket('a.yaml');
    await unread(path);
    close();
  });

  test('a pipe that the user named, and nobody writes to, is waited for no longer than that', async () => {
    const read = readRegular(await pipe('a.yaml'), 10, { pipe: true, silentMs: 50 });
    await expect(read).rejects.toMatchObject({ code: 'SILENT_PIPE' });
  });

  test('a pipe that the user named is read, up to the bound', async () => {
    const path = await pipe('a.yaml');
    const script = `require('fs').writeFileSync(${JSON.stringify(path)}, 'kind: Pod\\n')`;
    const writer = spawn(process.execPath, ['-e', script]);
    const read = async (): Promise<string> => {
      // A pipe that nobody writes to yet is at its end.
      const { text } = await readTextFile(path, { pipe: true });
      return text === '' ? await read() : text;
    };
    expect(await read()).toBe('kind: Pod\n');
    writer.kill();
  });
});

describe.runIf(existsSync('/proc/self/status'))('files of /proc, which tell no size', () => {
  test('are read up to the bound', async () => {
    const text = await readRegular('/proc/self/status', 64 * 1024);
    expect(text.toString()).toContain('Pid:');
    await expect(readRegular('/proc/self/status', 10)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  test('that wait for news do not wait here', async () => {
    // Root reads the news of the kernel; others may not even open them.
    const error = await readRegular('/proc/kmsg', 64).catch((it: unknown) => it);
    expect((error as NodeJS.ErrnoException).code).toMatch(/^(?:EAGAIN|EPERM|EACCES|TOO_LARGE)$/);
  });
});

test('a file is bounded by what is read, not by what is told', async () => {
  await writeFile(inside('sparse.yaml'), '');
  await truncate(inside('sparse.yaml'), 17 * 1024 * 1024);
  await expect(readTextFile(inside('sparse.yaml'))).rejects.toMatchObject({
    code: 'PM_FILE_TOO_LARGE',
    params: { mebibytes: 17, most: 16 },
  });
});

test('a file that grew by its own new names is read back, and none is written that could not be', async () => {
  const text = 'a'.repeat(17 * 1024 * 1024);
  await writeFileAtomic(inside('grown.yaml'), text);
  expect((await readWrittenFile(inside('grown.yaml'))).text).toHaveLength(text.length);
  await expect(writeFileAtomic(inside('grown.yaml'), text.repeat(4))).rejects.toMatchObject({
    code: 'PM_FILE_TOO_LARGE',
  });
  expect((await readWrittenFile(inside('grown.yaml'))).text).toHaveLength(text.length);
});

describe('in a folder, each stops only itself', () => {
  const skippedIn = async (path: string, followLinks = false) => {
    const { files, skipped } = await findFiles([path], ['.yaml'], { followLinks });
    const name = (it: string): string => it.slice(path.length + 1);
    return { files: files.map(name), skipped: skipped.map((it) => [name(it.path), it.reason]) };
  };

  test('broken links and links that lead out', async () => {
    await mkdir(inside('in'));
    await mkdir(inside('out/deep'), { recursive: true });
    for (const name of ['in/a.yaml', 'out/b.yaml', 'out/deep/c.yaml']) await writeFile(inside(name), '');
    await symlink('nowhere', inside('in/broken.yaml'));
    await symlink('circle.yaml', inside('in/circle.yaml'));
    await symlink('../out/b.yaml', inside('in/file.yaml'));
    await symlink('../out', inside('in/folder'));
    await symlink('a.yaml', inside('in/same.yaml'));
    await symlink('..', inside('in/up'));
    const broken = [
      ['broken.yaml', 'link-broken'],
      ['circle.yaml', 'link-broken'],
    ];
    expect(await skippedIn(inside('in'))).toEqual({
      files: ['a.yaml'],
      skipped: [...broken, ['file.yaml', 'link-out'], ['folder', 'link-out'], ['up', 'link-out']],
    });
    const followed = await skippedIn(inside('in'), true);
    expect(followed.files).toEqual(expect.arrayContaining(['a.yaml', 'folder/deep/c.yaml']));
    expect(followed.files.length).toBeLessThan(9);
  });

  test('a link inside a mounted ConfigMap is followed', async () => {
    await mkdir(inside('..2026'));
    await writeFile(inside('..2026/a.yaml'), '');
    await symlink('..2026', inside('..data'));
    await symlink('..data/a.yaml', inside('a.yaml'));
    expect(await skippedIn(folder)).toEqual({ files: ['a.yaml'], skipped: [] });
  });

  test.runIf(onLinux)('pipes, sockets, devices and names that are no UTF-8', async () => {
    await writeFile(inside('a.yaml'), '');
    await pipe('pipe.yaml');
    const { close } = await socket('socket.yaml');
    await symlink('/dev/zero', inside('zero.yaml'));
    await writeFile(
      Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.yaml')]),
      '',
    );
    expect(await skippedIn(folder)).toEqual({
      files: ['a.yaml'],
      skipped: [
        ['pipe.yaml', 'not-regular'],
        ['socket.yaml', 'not-regular'],
        ['zero.yaml', 'link-out'],
        ['\uFFFD\uFFFD.yaml', 'name'],
      ],
    });
    close();
  });

  test('folders below more folders than any repository has', async () => {
    const deep = join(folder, ...Array.from({ length: 40 }, () => 'd'));
    await mkdir(deep, { recursive: true });
    await writeFile(join(deep, 'a.yaml'), '');
    await writeFile(inside('b.yaml'), '');
    const { files, skipped } = await skippedIn(folder);
    expect(files).toEqual(['b.yaml']);
    expect(skipped).toMatchObject([[expect.any(String), 'too-deep']]);
  });
});

describe('a folder that is used as a whole', () => {
  const bounds = { bytes: 1024, files: 3 };

  test('is copied with its links as what they lead to', async () => {
    await mkdir(inside('chart/charts'), { recursive: true });
    await writeFile(inside('chart/a.yaml'), 'a');
    await symlink('../a.yaml', inside('chart/charts/b.yaml'));
    await copyFolder(inside('chart'), inside('copy'), bounds);
    expect(await readFile(inside('copy/charts/b.yaml'), 'utf8')).toBe('a');
  });

  const refused: readonly (readonly [string, () => Promise<unknown>, RegExp])[] = [
    ['too many bytes', async () => await writeFile(inside('big'), Buffer.alloc(2048)), /more than/],
    [
      'too many files',
      async () => {
        for (const name of 'abcd') await writeFile(inside(name), '');
      },
      /more than 3 files/,
    ],
    ['a link out of it', async () => await symlink('/etc/hostname', inside('a')), /leads out of it/],
    ['a link to a device', async () => await symlink('/dev/zero', inside('a')), /leads out of it/],
    ['a link in a circle', async () => await symlink('.', inside('a')), /circle/],
    ...(onLinux ? [['a pipe', async () => await pipe('a'), /no regular file/] as const] : []),
  ];
  test.each(refused)('is refused with %s', async (_, make, reason) => {
    await make();
    await expect(filesOfFolder(folder, bounds)).rejects.toThrow(reason);
  });

  test('follows links out when asked, but into no device', async () => {
    await mkdir(inside('chart'));
    await writeFile(inside('a.yaml'), '');
    await symlink('../a.yaml', inside('chart/a.yaml'));
    const options = { ...bounds, followLinks: true };
    expect(await filesOfFolder(inside('chart'), options)).toMatchObject([{ name: 'a.yaml' }]);
    if (!existsSync('/dev/zero')) return;
    await symlink('/dev/zero', inside('chart/zero'));
    await expect(filesOfFolder(inside('chart'), options)).rejects.toThrow(/no regular file/);
  });
});

describe('what a killed process left', () => {
  /** A number that no process has any more. */
  const gone = (): number => {
    const out = execFileSync(process.execPath, ['-p', 'process.pid']);
    return Number(out.toString());
  };
  const uuid = '0a1b2c3d-0000-4000-8000-000000000000';

  test('beside a file is removed by the next that writes or reads there; what a living one has is kept', async () => {
    const left = `.a.yaml.${gone()}.${uuid}.pullmend-tmp`;
    const kept = `.a.yaml.${process.pid}.${uuid}.pullmend-tmp`;
    const others = ['.a.yaml.swp', '.gitignore'];
    for (const name of ['a.yaml', left, kept, ...others]) await writeFile(inside(name), '');
    await readWrittenFile(inside('a.yaml'));
    expect((await readdir(folder)).toSorted()).toEqual(['a.yaml', kept, ...others].toSorted());
  });

  test('in the folder for temporary files is removed', async () => {
    const left = join(tmpdir(), `pullmend-chart-${gone()}-abc123`);
    await mkdir(left);
    const made = await makeTemporaryFolder('chart');
    expect(existsSync(left)).toBe(false);
    await rm(made, { recursive: true });
  });
});

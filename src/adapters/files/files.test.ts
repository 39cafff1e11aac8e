import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findFiles, readTextFile, writeFileAtomic } from './index.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-files-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('reading and writing', () => {
  test('keeps byte order mark and CRLF', async () => {
    const path = join(folder, 'a.yaml');
    const bytes = Buffer.from('\uFEFFa: 1\r\n镜像: x\r\n');
    await writeFile(path, bytes);
    const { text, sha256 } = await readTextFile(path);
    expect(text).toBe('\uFEFFa: 1\r\n镜像: x\r\n');
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    await writeFileAtomic(path, text);
    expect(await readFile(path)).toEqual(bytes);
  });

  test('keeps the mode, follows a link, leaves no temporary file', async () => {
    const path = join(folder, 'real.yaml');
    const link = join(folder, 'link.yaml');
    await writeFile(path, 'old');
    await chmod(path, 0o640);
    await symlink('real.yaml', link);
    await writeFileAtomic(link, 'new');
    expect(await readFile(path, 'utf8')).toBe('new');
    expect((await stat(path)).mode & 0o777).toBe(0o640);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect((await readdir(folder)).toSorted()).toEqual(['link.yaml', 'real.yaml']);
  });

  test('says why it cannot', async () => {
    const gone = join(folder, 'gone', 'a.yaml');
    const params = { file: gone, reason: 'no such file or folder' };
    await expect(readTextFile(gone)).rejects.toMatchObject({ code: 'PM_FILE_UNREADABLE', params });
    await expect(writeFileAtomic(gone, '')).rejects.toMatchObject({ code: 'PM_FILE_UNWRITABLE', params });
    await expect(findFiles([gone], ['.yaml'])).rejects.toMatchObject({ code: 'PM_FILE_UNREADABLE', params });
    const binary = join(folder, 'binary');
    await writeFile(binary, Buffer.from([0xff, 0xfe, 0x61]));
    await expect(readTextFile(binary)).rejects.toMatchObject({ params: { reason: 'it is not UTF-8 text' } });
    await expect(readTextFile(folder)).rejects.toMatchObject({ params: { reason: 'it is a folder' } });
  });
});

test('findFiles walks folders, takes files as they are, and gives each once', async () => {
  for (const path of ['b', 'b/c', '.git', 'node_modules']) await mkdir(join(folder, path));
  for (const name of ['a.yaml', 'b/c/d.YML', 'b/e.json', 'b/f.txt', '.git/g.yaml', 'node_modules/h.yaml']) {
    await writeFile(join(folder, name), '');
  }
  const named = join(folder, 'b', 'f.txt');
  const { files, skipped } = await findFiles(
    [folder, named, join(folder, 'a.yaml')],
    ['.yaml', '.yml', '.json'],
  );
  expect(skipped).toEqual([]);
  expect(files.map((path) => path.slice(folder.length + 1))).toEqual([
    'a.yaml',
    'b/c/d.YML',
    'b/e.json',
    'b/f.txt',
  ]);
});

import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';

test('folders above are made too, and one that is there is no mistake', async () => {
  const home = await mkdtemp(join(tmpdir(), 'pullmend-folder-'));
  await makeFolder(join(home, 'a', 'b'));
  await makeFolder(join(home, 'a', 'b'));
  expect(existsSync(join(home, 'a', 'b'))).toBe(true);
  await writeFile(join(home, 'file'), '');
  await expect(makeFolder(join(home, 'file', 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  await rm(home, { recursive: true });
});

test.runIf(existsSync('/proc/self'))(
  'a file system that takes no folders is told, and not tried for ever',
  async () => {
    await expect(makeFolder('/proc/pullmend/x')).rejects.toMatchObject({ code: 'ENOENT' });
  },
);

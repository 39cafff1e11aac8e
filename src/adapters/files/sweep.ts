import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** `.NAME.PID.UUID.pullmend-tmp`: a file that becomes NAME by a rename. */
const temporaryFile = /^\..+\.(\d+)\.[0-9a-f-]{36}\.pullmend-tmp$/;
/** `pullmend-PURPOSE-PID-XXXXXX`, as `mkdtemp` ends it. */
const temporaryFolder = /^pullmend-[a-z-]+-(\d+)-\w{6}$/;

const swept = new Map<string, Promise<void>>();

/** The name of a file beside another one that it will replace; what killed processes left there is removed. */
export async function temporaryBeside(target: string): Promise<string> {
  await sweepBeside(target);
  const name = `.${basename(target)}.${process.pid}.${randomUUID()}.pullmend-tmp`;
  return join(dirname(target), name);
}

/** Removes what killed processes left beside a file; the first time that its folder is asked for. */
export async function sweepBeside(target: string): Promise<void> {
  await once(dirname(target), temporaryFile);
}

/** A folder for the time of some work; what killed processes left is removed. Remove it at the end. */
export async function makeTemporaryFolder(purpose: string): Promise<string> {
  await once(tmpdir(), temporaryFolder);
  return await mkdtemp(join(tmpdir(), `pullmend-${purpose}-${process.pid}-`));
}

async function once(folder: string, mark: RegExp): Promise<void> {
  const known = swept.get(folder) ?? sweep(folder, mark);
  swept.set(folder, known);
  await known;
}

/** Whatever cannot be removed is somebody else's, and no reason to stop. */
async function sweep(folder: string, mark: RegExp): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => {
    const [, pid] = mark.exec(name) ?? [];
    return pid !== undefined && !isRunning(Number(pid));
  });
  const remove = async (name: string): Promise<void> =>
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  await Promise.all(left.map(remove));
}

/** A number that was given to another process since keeps the file for one more run. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

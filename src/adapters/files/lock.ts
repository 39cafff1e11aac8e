import { randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { PullmendError } from '../../core/base/index.ts';
import { isRunning } from './sweep.ts';

/** Work under a lock takes milliseconds; who still waits after a minute waits for a process that hangs. */
const patienceMs = 60_000;
const pauseMs = 20;
/** A lock without a name is one whose process died while it took it; names are written at once. */
const namelessMs = 2_000;

/**
 * Does work that no other process does at the same time, marked by a file with the number of this process. What a killed
 * process left is taken over when it ran on this machine. Throws PM_PLACE_IN_USE.
 *
 * @param waitMs how long to wait for another process; 0: not at all.
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  waitMs = patienceMs,
  signal?: AbortSignal,
): Promise<T> {
  const release = await takeLock(path, waitMs, signal);
  try {
    return await work();
  } finally {
    await release();
  }
}

/** As `withLock`, for work that ends elsewhere; gives what releases it. */
export async function takeLock(
  path: string,
  waitMs = patienceMs,
  signal?: AbortSignal,
): Promise<() => Promise<void>> {
  const me = `${process.pid} ${hostname()} ${randomUUID()}`;
  const until = Date.now() + waitMs;
  while (!taken(path, me)) {
    const holder = await readFile(path, 'utf8').catch(() => '');
    if (isDead(holder) || (holder === '' && (await isOld(path)))) {
      await removeDead(path, holder);
      continue;
    }
    if (Date.now() >= until) {
      const [pid = '?', host = '?'] = holder.split(' ');
      throw new PullmendError('PM_PLACE_IN_USE', { place: path, holder: `${pid} @ ${host}` });
    }
    await pause(pauseMs, undefined, signal && { signal });
  }
  return async () => await rm(path, { force: true });
}

/** In one go: a kill between the two calls is all but impossible. */
function taken(path: string, me: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    try {
      writeSync(file, me);
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isOld(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > namelessMs;
}

/** The file is moved aside first, so that of several who see it dead only one takes it away. */
async function removeDead(path: string, holder: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const moved = await readFile(aside, 'utf8').catch(() => holder);
  // Somebody else was quicker and holds it by now: give it back.
  if (moved !== holder) await rename(aside, path);
  else await rm(aside, { force: true });
}

function isDead(holder: string): boolean {
  const [pid = '', host = ''] = holder.split(' ');
  if (host !== hostname() || !/^\d+$/.test(pid)) return false;
  return !isRunning(Number(pid));
}

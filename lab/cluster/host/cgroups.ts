import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listMounts } from './mounts.ts';

/** The kernel empties a cgroup a moment after its last process has died. */
const REMOVE_TRIES = 50;
const REMOVE_PAUSE_MS = 100;

/** Makes a top-level cgroup in every hierarchy, v1 or v2, ready to have children. */
export function createCgroup(name: string): void {
  for (const root of hierarchies()) {
    const dir = join(root, name);
    mkdirSync(dir, { recursive: true });
    // cpuset (v1): a new group has no processors and no memory until it is told.
    for (const file of ['cpuset.cpus', 'cpuset.mems']) {
      if (!isUnified(root) && existsSync(join(dir, file))) {
        writeFileSync(join(dir, file), readFileSync(join(root, file)));
      }
    }
    if (isUnified(root)) {
      enableControllers(root);
    }
  }
}

/** All processes in a top-level cgroup and below it. */
export function pidsInCgroup(name: string): number[] {
  return hierarchies()
    .flatMap((root) => descendants(join(root, name)))
    .flatMap((dir) => readLines(join(dir, 'cgroup.procs')))
    .map(Number)
    .filter((pid) => pid > 0);
}

/** Removes a top-level cgroup with all below it; its processes must be dead. */
export async function removeCgroup(name: string): Promise<void> {
  for (const root of hierarchies()) {
    // Children come after their parents in `descendants`.
    for (const dir of descendants(join(root, name)).toReversed()) {
      await removeOne(dir);
    }
  }
}

export function cgroupExists(name: string): boolean {
  return hierarchies().some((root) => existsSync(join(root, name)));
}

async function removeOne(dir: string): Promise<void> {
  for (let attempt = 1; existsSync(dir); attempt += 1) {
    try {
      rmdirSync(dir);
    } catch (error) {
      if (attempt === REMOVE_TRIES) {
        throw error;
      }
      await sleep(REMOVE_PAUSE_MS);
    }
  }
}

function hierarchies(): string[] {
  return listMounts()
    .filter(({ type }) => type === 'cgroup' || type === 'cgroup2')
    .map(({ target }) => target);
}

function isUnified(root: string): boolean {
  return existsSync(join(root, 'cgroup.controllers'));
}

/** v2: lets the children of a root use its controllers; each alone, because one refused name refuses all. */
function enableControllers(root: string): void {
  for (const controller of readLines(join(root, 'cgroup.controllers')).flatMap((line) => line.split(' '))) {
    try {
      writeFileSync(join(root, 'cgroup.subtree_control'), `+${controller}`);
    } catch {
      // A controller that v1 holds, or that cannot be shared; the kubelet says which one it misses.
    }
  }
}

function descendants(dir: string): string[] {
  if (!existsSync(dir)) {
    return [];
  }
  const children = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [dir, ...children.flatMap((child) => descendants(join(dir, child.name)))];
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

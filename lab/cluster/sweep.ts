import { existsSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from './error.ts';
import { cgroupExists, pidsInCgroup, removeCgroup } from './host/cgroups.ts';
import { mountsBelow, unmountBelow } from './host/mounts.ts';
import { OWNER_VARIABLE } from './host/owner.ts';
import { environmentOf, identify, lineage, listPids, namespaceKey } from './host/procfs.ts';
import { netnsFile, networkLeftovers, removeNetwork } from './network.ts';
import { labPaths } from './paths.ts';
import { MACHINES, NODES } from './topology.ts';

/** A killed process goes within milliseconds unless it waits for a disk. */
const KILL_TIMEOUT_MS = 30_000;
const KILL_PAUSE_MS = 50;

/**
 * Stops a lab in whatever state it is, also half built or half taken down: processes,
 * mounts, namespaces, bridge, cgroups. The logs in the run folder stay.
 *
 * Nothing asks what was started: each part is found by what it is.
 */
export async function stopEverything(): Promise<void> {
  await killProcesses();
  await unmountBelow(labPaths().runDir);
  await removeNetwork();
  for (const { cgroup } of NODES) {
    await removeCgroup(cgroup);
  }
  rmSync(labPaths().pidDir, { recursive: true, force: true });
}

/** The run folder of a lab that runs on this machine but was started with another PULLMEND_LAB_DIR. */
export function foreignRunDir(): string | undefined {
  const { runDir } = labPaths();
  return labPids()
    .map((pid) => environmentOf(pid, OWNER_VARIABLE))
    .find((owner) => owner !== undefined && owner !== runDir);
}

/** Deletes the run folder of a stopped lab. */
export function deleteFiles(): void {
  const { runDir } = labPaths();
  const mounts = mountsBelow(runDir);
  if (mounts.length > 0) {
    throw new LabError(
      `${runDir} is not deleted: something is mounted there`,
      mounts.map(({ target }) => target).join('\n'),
    );
  }
  rmSync(runDir, { recursive: true, force: true });
}

/** What of a lab is there, in words; empty after `down`. */
export function leftovers(): string[] {
  return [
    ...labPids().map((pid) => `process ${pid}`),
    ...mountsBelow(labPaths().runDir).map(({ target }) => `mount ${target}`),
    ...networkLeftovers().map((name) => `network ${name}`),
    ...NODES.filter(({ cgroup }) => cgroupExists(cgroup)).map(({ cgroup }) => `cgroup ${cgroup}`),
    ...(existsSync(labPaths().runDir) ? [`folder ${labPaths().runDir}`] : []),
  ];
}

/** Kills all at once, again until none is left: some of them restart others. */
async function killProcesses(): Promise<void> {
  const deadline = performance.now() + KILL_TIMEOUT_MS;
  for (let pids = labPids(); pids.length > 0; pids = labPids()) {
    if (performance.now() > deadline) {
      throw new LabError(`processes of the lab do not die: ${pids.join(', ')}`);
    }
    for (const pid of pids) {
      kill(pid);
    }
    await sleep(KILL_PAUSE_MS);
  }
}

/**
 * The live processes of a lab: those that carry its mark, those in its network
 * namespaces, those in its cgroups; never this one or one that it descends from.
 */
function labPids(): number[] {
  const namespaces = new Set(MACHINES.map((machine) => namespaceKey(netnsFile(machine))));
  const inCgroups = new Set(NODES.flatMap(({ cgroup }) => pidsInCgroup(cgroup)));
  const spared = new Set(lineage(process.pid));
  const isLab = (pid: number): boolean => {
    const namespace = namespaceKey(`/proc/${pid}/ns/net`);
    return (
      inCgroups.has(pid) ||
      environmentOf(pid, OWNER_VARIABLE) !== undefined ||
      (namespace !== undefined && namespaces.has(namespace))
    );
  };
  return listPids().filter((pid) => !spared.has(pid) && identify(pid) !== undefined && isLab(pid));
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone by itself.
  }
}

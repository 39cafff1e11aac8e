import { rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { getFromApi } from './api.ts';
import { ensureBinaries } from './binaries.ts';
import { boot } from './boot.ts';
import { LabError } from './error.ts';
import { daemonRecords } from './host/daemon.ts';
import { withLock } from './host/lock.ts';
import { ensurePackages } from './host/packages.ts';
import { labPaths, stateDir } from './paths.ts';
import { createProgress, type Progress } from './progress.ts';
import { deleteFiles, foreignRunDir, leftovers, stopEverything } from './sweep.ts';
import { NODES } from './topology.ts';
import { startUpstreams, upstreamsAnswer } from './upstreams.ts';

/** One lab a machine: its addresses and names are fixed. */
const LOCK = 'pullmend-lab';

/** Without any of these there is no cluster; the upstreams can be started again alone. */
const CORE_DAEMONS = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  ...NODES.flatMap(({ name }) => [`containerd-${name}`, `kubelet-${name}`]),
];

export type LifecycleOptions = { readonly signal?: AbortSignal; readonly progress?: Progress };

/**
 * Brings the lab up: packages, binaries, cluster, upstreams. What a crashed lab left is
 * cleared away first; a lab that is up stays as it is, with dead upstreams started again.
 * When booting fails or is aborted everything is stopped; the logs stay.
 */
export async function up(options: LifecycleOptions = {}): Promise<void> {
  const { signal, progress = createProgress() } = options;
  refuseWrongMachine();
  await locked(progress, signal, async () => {
    if (await isUp()) {
      await ensureUpstreams(progress, signal);
      progress.say('the lab is up');
      return;
    }
    await ensurePackages(progress, signal);
    const binaries = await ensureBinaries(progress, signal);
    if (leftovers().length > 0) {
      progress.say('clearing away an earlier lab');
      await stopEverything();
      deleteFiles();
    }
    try {
      await boot(binaries, progress, signal);
    } catch (error) {
      progress.say(`stopping what was started; logs stay in ${labPaths().logDir}`);
      await stopEverything();
      throw error;
    }
    progress.say('the lab is up');
  });
}

/** Takes the lab down in whatever state it is and deletes its files; the built binaries stay. */
export async function down(options: LifecycleOptions = {}): Promise<void> {
  const { signal, progress = createProgress() } = options;
  refuseWrongMachine();
  await locked(progress, signal, async () => {
    await stopEverything();
    deleteFiles();
    const left = leftovers();
    if (left.length > 0) {
      throw new LabError('parts of the lab are still there', left.join('\n'));
    }
    removeStateDir();
    progress.say('the lab is down');
  });
}

/** Whether a whole cluster runs and answers; says nothing about nodes that a scenario has broken. */
export async function isUp(): Promise<boolean> {
  const alive = daemonRecords().filter((record) => record.alive);
  return (
    CORE_DAEMONS.every((name) => alive.some((record) => record.name === name)) &&
    (await getFromApi('/readyz')) === 'ok'
  );
}

/** Throws LabError where the lab cannot work: it makes namespaces, mounts and cgroups. */
export function refuseWrongMachine(): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new LabError('the lab needs Linux and root', 'It makes network namespaces, mounts and cgroups.');
  }
}

function refuseForeignLab(): void {
  const runDir = foreignRunDir();
  if (runDir !== undefined) {
    const where = `PULLMEND_LAB_DIR=${dirname(runDir)}`;
    throw new LabError(
      `a lab runs on this machine with ${where}`,
      `Set ${where} to work with it or to take it down.`,
    );
  }
}

async function ensureUpstreams(progress: Progress, signal?: AbortSignal): Promise<void> {
  if (!(await upstreamsAnswer())) {
    progress.say('starting the upstreams again');
    await startUpstreams(signal);
  }
}

async function locked(
  progress: Progress,
  signal: AbortSignal | undefined,
  work: () => Promise<void>,
): Promise<void> {
  const onWait = (): void => progress.say('another lab command is at work; waiting for it');
  await withLock(LOCK, { signal, onWait }, async () => {
    refuseForeignLab();
    await work();
  });
}

function removeStateDir(): void {
  try {
    rmdirSync(stateDir());
  } catch {
    // Not there, or it holds something that is not the lab's.
  }
}

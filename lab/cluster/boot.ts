import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getFromApi, nodeStates } from './api.ts';
import { startApiServer, startControllers } from './control-plane.ts';
import { waitUntil, type Daemon } from './host/daemon.ts';
import { kubeconfigFor } from './kubeconfig.ts';
import { createMountNamespace, createNamespaceDir } from './namespaces.ts';
import { createNetwork } from './network.ts';
import { packPauseImage } from './node/pause-image.ts';
import { prepareNode, startKubelet } from './node/start.ts';
import { labPaths } from './paths.ts';
import { createPki } from './pki.ts';
import type { Progress } from './progress.ts';
import { together } from './together.ts';
import { CLIENT, NODES, OUTSIDE } from './topology.ts';
import { startUpstreams } from './upstreams.ts';

/** Some seconds on two idle cores. */
const NODES_TIMEOUT_MS = 90_000;

/** Starts a whole lab where nothing of one is left. `binaries` is the folder with Kubernetes and etcd. */
export async function boot(binaries: string, progress: Progress, signal?: AbortSignal): Promise<void> {
  const { runDir, binDir, kubeconfig } = labPaths();
  progress.say('making certificates, the network and the pause image');
  mkdirSync(runDir, { recursive: true });
  symlinkSync(binaries, binDir);
  const pauseArchive = join(runDir, 'pause.tar');
  await createNetwork();
  await createNamespaceDir();
  await createPki();
  writeFileSync(kubeconfig, kubeconfigFor('admin'), { mode: 0o600 });

  progress.say('starting etcd, the API server, the upstreams, and containerd on both nodes');
  writeFileSync(pauseArchive, await packPauseImage(join(binaries, 'pause')));
  const started = await together(signal, [
    startApiServer,
    prepareClient,
    prepareOutside,
    ...NODES.map((node) => async (stop: AbortSignal) => [await prepareNode(node, pauseArchive, stop)]),
  ]);

  progress.say('starting the controllers and the kubelets');
  const daemons = [...started.flat(), ...startControllers(), ...NODES.map(startKubelet)];
  await waitUntil(isUsable, { what: 'usable cluster', timeoutMs: NODES_TIMEOUT_MS, daemons, signal });
}

async function prepareClient(): Promise<Daemon[]> {
  mkdirSync(clientHome(), { recursive: true });
  await createMountNamespace(CLIENT, 'plain');
  return [];
}

async function prepareOutside(signal: AbortSignal): Promise<Daemon[]> {
  await createMountNamespace(OUTSIDE, 'plain');
  return [await startUpstreams(signal)];
}

/** The home folder of whoever works on the client; empty, unlike the caller's. */
export function clientHome(): string {
  return join(labPaths().runDir, 'client', 'home');
}

/** Both nodes take pods, and pods can be made: they need the namespace's ServiceAccount. */
async function isUsable(): Promise<boolean> {
  const nodes = await nodeStates();
  return (
    nodes.filter(({ ready }) => ready).length === NODES.length &&
    (await getFromApi('/api/v1/namespaces/default/serviceaccounts/default')) !== undefined
  );
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createCgroup } from '../host/cgroups.ts';
import { run } from '../host/command.ts';
import { startDaemon, waitUntil, type Daemon } from '../host/daemon.ts';
import { createMountNamespace, enterWithin } from '../namespaces.ts';
import { labPaths } from '../paths.ts';
import type { NodeMachine } from '../topology.ts';
import {
  CONTAINERD_CONFIG,
  CONTAINERD_SOCKET,
  KUBELET_CONFIG,
  KUBELET_KUBECONFIG,
  nodeFiles,
} from './configuration.ts';

const CONTAINERD_TIMEOUT_MS = 60_000;

/** Everything of a node that needs no API server: its files, its cgroup, containerd with the pause image. */
export async function prepareNode(
  node: NodeMachine,
  pauseArchive: string,
  signal?: AbortSignal,
): Promise<Daemon> {
  createCgroup(node.cgroup);
  await createMountNamespace(node, 'node', nodeFiles(node));
  const containerd = startDaemon(
    `containerd-${node.name}`,
    enterWithin(node, ['containerd', '--config', CONTAINERD_CONFIG]),
  );
  // The socket lies in the node's own /run.
  await waitUntil(() => existsSync(`/proc/${containerd.pid}/root${CONTAINERD_SOCKET}`), {
    what: `containerd on ${node.name}`,
    timeoutMs: CONTAINERD_TIMEOUT_MS,
    daemons: [containerd],
    signal,
  });
  const load = enterWithin(node, ['ctr', '--namespace', 'k8s.io', 'images', 'import', pauseArchive]);
  await run(load.command, load.args, { signal });
  return containerd;
}

/** The kubelet of a prepared node; the API server must answer, or it backs off for seconds. */
export function startKubelet(node: NodeMachine): Daemon {
  const flags = {
    config: KUBELET_CONFIG,
    kubeconfig: KUBELET_KUBECONFIG,
    'root-dir': '/var/lib/kubelet',
    'hostname-override': node.name,
    'node-ip': node.address,
  };
  const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
  return startDaemon(
    `kubelet-${node.name}`,
    enterWithin(node, [join(labPaths().binDir, 'kubelet'), ...args]),
  );
}

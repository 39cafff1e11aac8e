import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getFromSocket } from './api.ts';
import { startDaemon, waitUntil, type Daemon } from './host/daemon.ts';
import { enterWithin } from './namespaces.ts';
import { labPaths } from './paths.ts';
import { OUTSIDE } from './topology.ts';

const PROGRAM = fileURLToPath(new URL('../upstreams/main.ts', import.meta.url));

/** It makes its images before it answers. */
const TIMEOUT_MS = 60_000;

/** Starts the registries and their DNS server in the outside world and waits until they answer. */
export async function startUpstreams(signal?: AbortSignal): Promise<Daemon> {
  const { upstreamsDir, registryCa, registryCaKey } = labPaths();
  mkdirSync(upstreamsDir, { recursive: true });
  const args = [PROGRAM, '--dir', upstreamsDir, '--ca', registryCa, '--ca-key', registryCaKey];
  const daemon = startDaemon('upstreams', enterWithin(OUTSIDE, [process.execPath, ...args]), {
    NODE_EXTRA_CA_CERTS: registryCa,
  });
  await waitUntil(upstreamsAnswer, {
    what: 'answer from the upstreams',
    timeoutMs: TIMEOUT_MS,
    daemons: [daemon],
    signal,
  });
  return daemon;
}

export async function upstreamsAnswer(): Promise<boolean> {
  return (await getFromSocket(labPaths().upstreamsSocket, '/healthz')) !== undefined;
}

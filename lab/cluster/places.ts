import { delimiter } from 'node:path';
import { clientHome } from './boot.ts';
import { LabError } from './error.ts';
import type { Invocation } from './host/command.ts';
import { SYSTEM_PATH } from './host/packages.ts';
import { enter } from './namespaces.ts';
import { labPaths } from './paths.ts';
import { CLIENT, NODES } from './topology.ts';

export type InClientOptions = {
  readonly env?: Readonly<Record<string, string>>;
  /** Working folder; default the caller's. */
  readonly cwd?: string;
};

/**
 * How to run a command on node 1 or 2, as root: its own /etc, /var and /run, its
 * containerd under `ctr`'s default address. Throws LabError for another number.
 */
export function inNode(number: number, argv: readonly string[]): Invocation {
  const node = NODES[number - 1];
  if (node === undefined) {
    throw new LabError(`there is no node ${number}`, `Nodes are 1 to ${NODES.length}.`);
  }
  return enter(node, argv, '/', { HOME: '/root', PATH: [labPaths().binDir, SYSTEM_PATH].join(delimiter) });
}

/**
 * How to run a command on the engineer's workstation: lab DNS, registries' CA trusted,
 * an empty home, admin kubeconfig and `kubectl` at hand. Variables can be added or replaced.
 */
export function inClient(argv: readonly string[], options: InClientOptions = {}): Invocation {
  const { binDir, registryCa, kubeconfig } = labPaths();
  return enter(CLIENT, argv, options.cwd ?? process.cwd(), {
    HOME: clientHome(),
    PATH: [binDir, process.env['PATH'] ?? SYSTEM_PATH].join(delimiter),
    KUBECONFIG: kubeconfig,
    NODE_EXTRA_CA_CERTS: registryCa,
    ...options.env,
  });
}

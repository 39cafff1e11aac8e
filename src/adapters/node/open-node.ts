import { digText } from '../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../core/model/index.ts';
import type { Kube } from '../kube/index.ts';
import { openDebugPod } from './debug-pod.ts';
import { isThisMachine, localShell } from './local.ts';
import { NodeAccessError, type NodeShell } from './shell.ts';
import { openSsh, type SshOptions } from './ssh.ts';

/** Ways onto a node, in the order in which they are tried. */
export const nodeWays = ['local', 'pod', 'ssh'] as const;
export type NodeWay = (typeof nodeWays)[number];

export type NodeAccessOptions = {
  /** This way and no other. */
  readonly way?: NodeWay | undefined;
  readonly ssh?: SshOptions | undefined;
};

/**
 * A root shell on a node, by the first way that leads there: this machine, a debug pod, SSH. Nothing is pulled; which
 * way it was stands in `access`. Errors: NodeAccessError, which tells of all ways; those of `Kube`.
 *
 * @param node the Node object.
 */
export async function openNode(
  kube: Kube,
  node: JsonObject,
  signal: AbortSignal,
  { way, ssh }: NodeAccessOptions = {},
): Promise<NodeShell> {
  if (digText(node, 'status', 'nodeInfo', 'operatingSystem') === 'windows') {
    throw new NodeAccessError('windows', 'it runs Windows');
  }
  if (way === 'local' && !isThisMachine(node)) {
    throw new NodeAccessError('other-machine', 'this machine is not the node, or you are not root');
  }
  if (way === 'local' || (way === undefined && isThisMachine(node))) return localShell(signal);
  if (way === 'ssh') return await openSsh(node, signal, ssh);
  try {
    return await openDebugPod(kube, node, signal);
  } catch (error) {
    if (way === 'pod' || !(error instanceof NodeAccessError)) throw error;
    return await openOtherwise(error, async () => await openSsh(node, signal, ssh));
  }
}

async function openOtherwise(before: NodeAccessError, open: () => Promise<NodeShell>): Promise<NodeShell> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof NodeAccessError)) throw error;
    if (error.reason === 'no-ssh') throw before;
    throw new NodeAccessError(before.reason, `${before.message}; by SSH: ${error.message}`, { cause: error });
  }
}

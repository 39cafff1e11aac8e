import { digText } from '../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../core/model/index.ts';
import type { Kube } from '../kube/index.ts';
import { openDebugPod } from './debug-pod.ts';
import { isThisMachine, localShell } from './local.ts';
import { NodeAccessError, type NodeShell } from './shell.ts';

export { nodeAccessPermissions, removeLeftovers } from './debug-pod.ts';
export { reachFromNode } from './reach.ts';
export { NodeAccessError, type NodeShell } from './shell.ts';
export {
  missingFolders,
  readNodeState,
  reloadRuntime,
  restartRuntime,
  restoreNodeFiles,
  sha256,
  writeNodeFiles,
  type BackOutcome,
  type NodeFileWrite,
} from './settings/index.ts';
export { findRuntime, quoted, readRoute, type Runtime } from './survey.ts';

/**
 * A root shell on a node, by the first way that leads there: this machine, or a debug pod. Nothing is pulled.
 * Errors: NodeAccessError; those of `Kube`.
 *
 * @param node the Node object.
 */
export async function openNode(kube: Kube, node: JsonObject, signal: AbortSignal): Promise<NodeShell> {
  if (digText(node, 'status', 'nodeInfo', 'operatingSystem') === 'windows') {
    throw new NodeAccessError('windows', 'it runs Windows');
  }
  return isThisMachine(node) ? localShell(signal) : await openDebugPod(kube, node, signal);
}

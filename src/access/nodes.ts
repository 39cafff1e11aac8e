import type { NodeAccessOptions, NodeShell, Runtime } from '../adapters/node/index.ts';
import { PullmendError } from '../core/base/index.ts';
import { digText } from '../core/knowledge/pods/index.ts';
import type { NodeState } from '../core/node-config/index.ts';
import type { World } from './world.ts';

/** A node that was entered, and its runtime. */
export type NodeOn = {
  readonly shell: NodeShell;
  readonly runtime: Runtime;
  /** What the runtime is set to, and these files besides. */
  readonly read: (paths?: readonly string[]) => Promise<NodeState>;
};

/** How a command enters nodes, as its flags say. */
export function accessOf({
  options: { nodeWay: way, sshUser: user },
}: Pick<World, 'options'>): NodeAccessOptions {
  return { way, ssh: { user } };
}

/** Enters a node for some work and leaves it again. Errors: PM_NODE_NOT_ENTERED; those of the work. */
export async function onNode<T>(
  name: string,
  { outside, options }: Pick<World, 'outside' | 'options'>,
  work: (on: NodeOn) => Promise<T>,
): Promise<T> {
  const [kube, adapter] = await Promise.all([outside.kube(), import('../adapters/node/index.ts')]);
  const { findRuntime, NodeAccessError, openNode, readNodeState } = adapter;
  let shell: NodeShell | undefined;
  try {
    const node = await kube.get({ apiVersion: 'v1', kind: 'Node', name });
    const version = digText(node, 'status', 'nodeInfo', 'containerRuntimeVersion') ?? '';
    const entered =
      outside.entered.take(name) ?? (await openNode(kube, node, options.signal, accessOf({ options })));
    shell = entered;
    // It may have started anew since somebody was here.
    const runtime = await findRuntime(entered, version);
    const read = async (paths: readonly string[] = []): Promise<NodeState> =>
      await readNodeState(entered, runtime, version, paths);
    const done = await work({ shell: entered, runtime, read });
    // Whoever met an error enters it anew.
    outside.entered.giveBack(name, entered);
    shell = undefined;
    return done;
  } catch (cause) {
    throw cause instanceof NodeAccessError ? notEntered(name, cause) : cause;
  } finally {
    await shell?.close();
  }
}

/** What is told when a node cannot be entered, or does not answer once it was. */
export function notEntered(node: string, cause: Error): PullmendError {
  return new PullmendError('PM_NODE_NOT_ENTERED', { node, reason: cause.message }, { cause });
}

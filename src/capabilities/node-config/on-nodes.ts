import pLimit from 'p-limit';
import { onNode, type NodeOn, type World } from '../../access/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { digText } from '../../core/knowledge/pods/index.ts';

/** Nodes at a time: each may be a debug pod. */
const concurrency = 4;

/** What came of a node, or why nobody got onto it. */
export type OfNode<T> = { readonly node: string } & (
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: PullmendError }
);

/** Does something on nodes, all where none is named; one that cannot be entered does not end the others. */
export async function onNodes<T>(
  names: readonly string[],
  world: World,
  work: (on: NodeOn, node: string) => Promise<T>,
): Promise<readonly OfNode<T>[]> {
  const wanted = names.length > 0 ? names : await allNodes(world);
  const limit = pLimit(concurrency);
  const all = wanted.map((node) =>
    limit(async (): Promise<OfNode<T>> => {
      try {
        return { node, ok: true, value: await onNode(node, world, async (on) => await work(on, node)) };
      } catch (error) {
        world.options.signal.throwIfAborted();
        if (!(error instanceof PullmendError)) throw error;
        return { node, ok: false, error };
      }
    }),
  );
  // A run that is stopped waits until every node is left again.
  const ended = await Promise.allSettled(all);
  return ended.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

async function allNodes({ outside }: World): Promise<readonly string[]> {
  const nodes = await (await outside.kube()).list('Node');
  return nodes.flatMap((node) => digText(node, 'metadata', 'name') ?? []);
}

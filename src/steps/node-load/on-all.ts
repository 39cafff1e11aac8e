import type { NodeOn, RunContext } from '../module.ts';

/**
 * Enters nodes side by side, works on all of them at once, and leaves them again. Errors: PM_NODE_NOT_ENTERED of any of
 * them; those of the work.
 */
export async function onAll<T>(
  nodes: readonly string[],
  { onNode }: Pick<RunContext, 'onNode'>,
  work: (entered: ReadonlyMap<string, NodeOn>) => Promise<T>,
): Promise<T> {
  const done = Promise.withResolvers<void>();
  const held = nodes.map((node) => {
    const entered = Promise.withResolvers<NodeOn>();
    const left = onNode(node, async (on) => {
      entered.resolve(on);
      await done.promise;
    });
    left.catch(entered.reject);
    return { node, entered: entered.promise, left };
  });
  try {
    const all = await Promise.all(held.map(async ({ node, entered }) => [node, await entered] as const));
    return await work(new Map(all));
  } finally {
    done.resolve();
    await Promise.allSettled(held.map(async ({ left }) => await left));
  }
}

import { unnameOnNode } from '../adapters/node/index.ts';
import { PullmendError } from '../core/base/index.ts';
import type { Receipt, UndoOutcome } from '../core/model/index.ts';
import type { UndoContext } from './module.ts';
import { outcome } from './outcome.ts';

/** Names that a step gave on nodes. */
export type NamesOnNodes = {
  readonly nodes: readonly string[];
  /** Each is told of. */
  readonly names: readonly string[];
  /** Names that came with them, and go in silence. */
  readonly beside?: readonly string[];
};

/**
 * Takes away the names that this run gave, by the mark that they carry on the node itself; layers stay until the
 * runtime's own collector finds nobody using them. A node that cannot be entered does not stop the others.
 */
export async function takeNamesAway(
  receipt: Receipt,
  given: NamesOnNodes,
  context: UndoContext,
): Promise<readonly UndoOutcome[]> {
  const all = await Promise.all(
    given.nodes.map(async (node) => {
      try {
        return await takeFrom(node, receipt, given, context);
      } catch (error) {
        if (!(error instanceof PullmendError)) throw error;
        return [outcome(receipt, 'failed', { path: node, detail: error.message })];
      }
    }),
  );
  return all.flat();
}

async function takeFrom(
  node: string,
  receipt: Receipt,
  { names, beside = [] }: NamesOnNodes,
  { onNode, run, dryRun }: UndoContext,
): Promise<readonly UndoOutcome[]> {
  const at = (name: string) => ({ path: `${node}:${name}` });
  if (dryRun) return names.map((name) => outcome(receipt, 'restored', at(name)));
  const gone = await onNode(
    node,
    async ({ shell, runtime }) => await unnameOnNode(shell, runtime, [...names, ...beside], run),
  );
  // A name without the mark was there before, or somebody gave it since.
  return names.map((name) =>
    outcome(receipt, gone.get(name) === 'removed' ? 'restored' : 'already', at(name)),
  );
}

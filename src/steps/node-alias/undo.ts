import { unnameOnNode } from '../../adapters/node/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import type { NodeAliasStep, UndoOutcome } from '../../core/model/index.ts';
import type { ReceiptOf, UndoContext } from '../module.ts';
import { outcome } from '../outcome.ts';

/** Takes away the names that this run gave, by the mark that they carry on the node itself. */
export async function undo(
  receipt: ReceiptOf<NodeAliasStep>,
  context: UndoContext,
): Promise<readonly UndoOutcome[]> {
  const { step } = receipt;
  const all = await Promise.all(
    step.nodes.map(async (node) => {
      try {
        return await undoOn(node, receipt, context);
      } catch (error) {
        if (!(error instanceof PullmendError)) throw error;
        return [outcome(receipt, 'failed', { path: node, detail: error.message })];
      }
    }),
  );
  return all.flat();
}

async function undoOn(
  node: string,
  receipt: ReceiptOf<NodeAliasStep>,
  { onNode, run, dryRun }: UndoContext,
): Promise<readonly UndoOutcome[]> {
  const named = receipt.step.aliases.flatMap(({ names }) => names);
  const sources = receipt.step.aliases.map(({ source }) => source);
  if (dryRun) return named.map((name) => outcome(receipt, 'restored', { path: `${node}:${name}` }));
  const gone = await onNode(
    node,
    async ({ shell, runtime }) => await unnameOnNode(shell, runtime, [...named, ...sources], run),
  );
  return named.map((name) => {
    const path = `${node}:${name}`;
    // A name without the mark was there before, or somebody gave it since.
    return outcome(receipt, gone.get(name) === 'removed' ? 'restored' : 'already', { path });
  });
}

import { unnameOnNode } from '../../adapters/node/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import type { NodeLoadStep, UndoOutcome } from '../../core/model/index.ts';
import type { ReceiptOf, UndoContext } from '../module.ts';
import { outcome } from '../outcome.ts';

/** Takes away the names that this run gave; layers stay until the runtime's own collector finds nobody using them. */
export async function undo(
  receipt: ReceiptOf<NodeLoadStep>,
  context: UndoContext,
): Promise<readonly UndoOutcome[]> {
  const all = await Promise.all(
    receipt.step.nodes.map(async ({ name }) => {
      try {
        return await undoOn(name, receipt, context);
      } catch (error) {
        if (!(error instanceof PullmendError)) throw error;
        return [outcome(receipt, 'failed', { path: name, detail: error.message })];
      }
    }),
  );
  return all.flat();
}

async function undoOn(
  node: string,
  receipt: ReceiptOf<NodeLoadStep>,
  { onNode, run, dryRun }: UndoContext,
): Promise<readonly UndoOutcome[]> {
  const { names } = receipt.step;
  if (dryRun) return names.map((name) => outcome(receipt, 'restored', { path: `${node}:${name}` }));
  const gone = await onNode(
    node,
    async ({ shell, runtime }) => await unnameOnNode(shell, runtime, names, run),
  );
  return names.map((name) => {
    const path = `${node}:${name}`;
    return outcome(receipt, gone.get(name) === 'removed' ? 'restored' : 'already', { path });
  });
}

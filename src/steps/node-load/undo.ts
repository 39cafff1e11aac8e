import type { NodeLoadStep, UndoOutcome } from '../../core/model/index.ts';
import type { ReceiptOf, UndoContext } from '../module.ts';
import { takeNamesAway } from '../names-on-nodes.ts';

export async function undo(
  receipt: ReceiptOf<NodeLoadStep>,
  context: UndoContext,
): Promise<readonly UndoOutcome[]> {
  const { nodes, names } = receipt.step;
  return await takeNamesAway(receipt, { nodes: nodes.map(({ name }) => name), names }, context);
}

import type { NodeAliasStep, UndoOutcome } from '../../core/model/index.ts';
import type { ReceiptOf, UndoContext } from '../module.ts';
import { takeNamesAway } from '../names-on-nodes.ts';

/** The names go, and the copies that were pulled for them. */
export async function undo(
  receipt: ReceiptOf<NodeAliasStep>,
  context: UndoContext,
): Promise<readonly UndoOutcome[]> {
  const { nodes, aliases } = receipt.step;
  const names = aliases.flatMap((alias) => alias.names);
  const beside = aliases.map(({ source }) => source);
  return await takeNamesAway(receipt, { nodes, names, beside }, context);
}

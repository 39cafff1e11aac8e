import type { DefaultClassStep, UndoOutcome } from '../../core/model/index.ts';
import type { ReceiptOf, UndoContext } from '../module.ts';
import { patch } from '../patch/index.ts';
import { asPatch } from './as-patch.ts';

/** The mark as it was. Claims keep the class that they got: it cannot be taken from them. */
export async function undo(
  receipt: ReceiptOf<DefaultClassStep>,
  context: UndoContext,
): Promise<readonly UndoOutcome[]> {
  return await patch.undo({ ...receipt, step: asPatch(receipt.step) }, context);
}

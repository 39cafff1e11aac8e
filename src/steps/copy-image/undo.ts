import type { CopyImageStep, UndoOutcome } from '../../core/model/index.ts';
import type { ReceiptOf } from '../module.ts';
import { outcome } from '../outcome.ts';

/** A copy stays: others may use it by now, and it is the same image under another name. */
export async function undo(receipt: ReceiptOf<CopyImageStep>): Promise<readonly UndoOutcome[]> {
  return await Promise.resolve([outcome(receipt, 'kept')]);
}

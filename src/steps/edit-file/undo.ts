import { spliceText } from '../../core/edit/index.ts';
import type { EditFileStep, UndoOutcome } from '../../core/model/index.ts';
import type { ReceiptOf, UndoContext } from '../module.ts';
import { outcome } from '../outcome.ts';

/** Puts the old image strings back where the new ones still stand. */
export async function undo(
  receipt: ReceiptOf<EditFileStep>,
  { files, dryRun }: UndoContext,
): Promise<readonly UndoOutcome[]> {
  const { step } = receipt;
  const { text } = await files.read(step.file);
  let shift = 0;
  const outcomes: UndoOutcome[] = [];
  const edits = step.edits.flatMap((edit) => {
    const path = `${step.file}:${edit.line}:${edit.column}`;
    const offset = edit.offset + shift;
    const back = { ...edit, offset, length: edit.after.length, before: edit.after, after: edit.before };
    if (text.startsWith(edit.after, offset)) {
      shift += edit.after.length - edit.length;
      outcomes.push(outcome(receipt, 'restored', { path }));
      return [back];
    }
    outcomes.push(
      outcome(receipt, text.startsWith(edit.before, offset) ? 'already' : 'changed-since', { path }),
    );
    return [];
  });
  if (edits.length > 0 && !dryRun) await files.write(step.file, spliceText(text, edits));
  return outcomes;
}

import { PullmendError } from '../base/index.ts';
import type { FilePosition } from '../model/index.ts';

/** Replaces the text at a position; offset and length in UTF-16 units. */
export type TextEdit = Pick<FilePosition, 'file' | 'offset' | 'length'> & {
  readonly before: string;
  readonly after: string;
};

/**
 * Carries out edits and leaves every other byte as it is. The same edit given twice counts once (a YAML anchor that
 * several places use). Errors: PM_FILE_CHANGED when the text does not hold `before`, PM_EDITS_OVERLAP.
 */
export function spliceText(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let end = 0;
  let last: TextEdit | undefined;
  for (const edit of edits.toSorted((a, b) => a.offset - b.offset)) {
    const { file, offset, length, before, after } = edit;
    if (last !== undefined && isSame(last, edit)) continue;
    if (offset < end) throw new PullmendError('PM_EDITS_OVERLAP', { file, offset });
    if (before.length !== length || !text.startsWith(before, offset)) {
      throw new PullmendError('PM_FILE_CHANGED', { file });
    }
    parts.push(text.slice(end, offset), after);
    end = offset + length;
    last = edit;
  }
  return parts.join('') + text.slice(end);
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.offset === b.offset && a.length === b.length && a.after === b.after;
}

import type { UndoOutcome } from '../../core/model/index.ts';

/** The pods belong to their controller; with its template back it decides about them. */
export async function undo(): Promise<readonly UndoOutcome[]> {
  return await Promise.resolve([]);
}

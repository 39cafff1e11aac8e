import type { Receipt, UndoOutcome } from '../core/model/index.ts';

/** One outcome of a step, named by the step and its object. */
export function outcome(
  { step }: Receipt,
  result: UndoOutcome['outcome'],
  more: { readonly path?: string; readonly detail?: string } = {},
): UndoOutcome {
  return { step: step.id, object: step.object, outcome: result, ...more };
}

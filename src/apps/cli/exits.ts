import { exitCode, type ExitCode } from '../../core/base/index.ts';
import type { UndoOutcome } from '../../core/model/index.ts';
import { notLasting } from './render/repair/unmended.ts';
import { isLeft, type Ending } from './render/repair/outcome.ts';

/** Exit code of `fix` and `apply`. */
export function exitOfRun(ending: Ending): ExitCode {
  const { result, problems, plan, leftOut } = ending;
  const left = problems.some((problem) => isLeft(problem, ending)) || leftOut.size > 0;
  const lost = notLasting(plan, problems).length;
  const failed = Object.keys(result.errors).length > 0;
  switch (result.outcome) {
    case 'nothing-to-do':
      return problems.length === 0 && plan.spec.steps.length === 0 && lost === 0
        ? exitCode.done
        : exitCode.nothingDone;
    case 'declined':
      return exitCode.nothingDone;
    case 'planned':
    case 'dry-run':
      return failed || left || lost > 0 ? exitCode.failuresLeft : exitCode.done;
    case 'applied': {
      const receipts = result.record?.status.receipts ?? [];
      if (!receipts.some((receipt) => receipt.state === 'applied')) return exitCode.nothingDone;
      const state = result.record?.status.state;
      if (state === 'rolled-back') return exitCode.rolledBack;
      return state === 'verified' && !failed && !left && lost === 0 ? exitCode.done : exitCode.failuresLeft;
    }
  }
}

/** Exit code of `undo`. */
export function exitOfUndo(outcomes: readonly UndoOutcome[]): ExitCode {
  if (outcomes.some(({ outcome }) => outcome === 'changed-since' || outcome === 'failed')) {
    return exitCode.failuresLeft;
  }
  return outcomes.some(({ outcome }) => outcome === 'restored') ? exitCode.done : exitCode.nothingDone;
}

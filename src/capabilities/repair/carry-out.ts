import { isError, PullmendError } from '../../core/base/index.ts';
import type {
  ApplyOptions,
  ApplyResult,
  CopyImageStep,
  Receipt,
  RepairPlan,
  RepairRecord,
  RunState,
  Verdict,
} from '../../core/model/index.ts';
import { apply, notBegun } from '../../stages/apply/index.ts';
import { undoReceipts } from '../../stages/undo/index.ts';
import { verify } from '../../stages/verify/index.ts';
import { objectName } from '../../core/model/index.ts';
import { servesOthers, stepsOfKind } from '../../steps/index.ts';
import type { RepairTools } from './tools.ts';

export type CarryOutDeps = Omit<RepairTools, 'copyImage'> & {
  /** Makes ready to copy these images as one job; what it gives copies one, or asks whether that would work. */
  readonly startCopies: (
    steps: readonly CopyImageStep[],
    options: { readonly dryRun: boolean },
  ) => (step: CopyImageStep) => Promise<void>;
};

/** Applies a plan, asks the kubelet whether it helped, and takes back what did not. */
export async function carryOut(
  plan: RepairPlan,
  options: ApplyOptions & { readonly dryRun: boolean },
  given: CarryOutDeps,
): Promise<ApplyResult> {
  const { dryRun } = options;
  const leaveOut = withIdle(plan, await declinedLosses(plan, options));
  if (!dryRun && !(await options.confirm(plan))) return nothing('declined');
  const { onEvent } = given;
  const carried = plan.spec.steps.filter(({ id }) => !leaveOut.has(id));
  const copyImage = given.startCopies(stepsOfKind('copy-image', carried), { dryRun });
  const deps: RepairTools = { ...given, copyImage };
  const { record, errors, cut } = await apply({ plan, dryRun: options.dryRun, leaveOut, onEvent }, deps);
  if (record === undefined) return { ...nothing('dry-run'), errors };
  if (deps.signal.aborted || cut !== undefined) throw ended(record, deps.signal, cut);
  try {
    return await prove(record, errors, options, deps);
  } catch (error) {
    throw deps.signal.aborted || isCut(error) ? ended(record, deps.signal, error) : error;
  }
}

/** The API server went away in the middle: what was changed before must be said, not only that it is gone. */
function isCut(error: unknown): boolean {
  return isError(error, 'PM_API_UNREACHABLE') || isError(error, 'PM_API_ERROR');
}

/** Proves what was applied, takes back what is no better, and writes down how it ended. */
async function prove(
  record: RepairRecord,
  errors: Readonly<Record<string, PullmendError>>,
  options: ApplyOptions,
  deps: RepairTools,
): Promise<ApplyResult> {
  const applied = record.status.receipts.filter((receipt) => receipt.state === 'applied');
  const verdicts = await proveApplied(applied, options, deps);
  const failed = verdicts.filter((verdict) => verdict.result === 'failing' || verdict.result === 'reverted');
  const rolledBack = options.keep ? [] : await rollBack(record, failed.filter(isNoBetter(record)), deps);
  const state = stateAfter({ verdicts, failed, errors, rolledBack, keep: options.keep });
  await deps.records.setState(record.metadata.name, state);
  return {
    outcome: 'applied',
    record: { ...record, status: { ...record.status, state } },
    verdicts,
    errors,
    rolledBack,
  };
}

/** Steps that lose something and that the user did not agree to. Nothing has changed when this is asked. */
async function declinedLosses(plan: RepairPlan, options: ApplyOptions): Promise<ReadonlySet<string>> {
  const declined = new Set<string>();
  for (const step of plan.spec.steps) {
    if (step.loss !== undefined && !(await options.confirmLoss(step))) declined.add(step.id);
  }
  return declined;
}

/**
 * What hangs on a step that is left out is left out too, and a copy or a secret that only such steps wanted is not made
 * either.
 */
function withIdle({ spec }: RepairPlan, declined: ReadonlySet<string>): ReadonlySet<string> {
  const out = new Set(declined);
  for (const { id, needs } of spec.steps) if (needs.some((need) => out.has(need))) out.add(id);
  for (const step of spec.steps.toReversed()) {
    const users = spec.steps.filter(({ needs }) => needs.includes(step.id));
    if (servesOthers(step) && users.length > 0 && users.every(({ id }) => out.has(id))) out.add(step.id);
  }
  return out;
}

/** A step that failed, and after which no more pods run than before. What was made better stays. */
function isNoBetter({ status }: RepairRecord): (verdict: Verdict) => boolean {
  return ({ step, result, proved, reason }) => {
    const before = status.receipts.find((receipt) => receipt.step.id === step)?.ready ?? 0;
    // Pods that are there and wait for something else have their image: that is what was to be mended.
    if (reason === 'blocked-otherwise') return false;
    return result === 'reverted' || reason === 'other-image' || proved <= before;
  };
}

async function proveApplied(
  applied: readonly Receipt[],
  options: ApplyOptions,
  deps: RepairTools,
): Promise<readonly Verdict[]> {
  const { onEvent } = deps;
  return await verify(
    applied.map((receipt) => receipt.step),
    { timeoutSeconds: options.timeoutSeconds },
    {
      ...deps,
      onProgress: (step, proved, expected, others) =>
        onEvent({ type: 'verifying', step, proved, expected, others }),
      onVerdict: (step, verdict) => onEvent({ type: 'verdict', step, verdict }),
    },
  );
}

/** Takes unproved steps back together with the steps of the same object that hang on them. */
async function rollBack(
  record: RepairRecord,
  failed: readonly Verdict[],
  deps: RepairTools,
): Promise<readonly string[]> {
  const rolledBack: string[] = [];
  for (const verdict of failed) {
    const receipt = record.status.receipts.find((r) => r.step.id === verdict.step);
    if (receipt === undefined) continue;
    const outcomes = await undoReceipts(record.metadata.name, [receipt], deps, { dryRun: false });
    rolledBack.push(receipt.step.id);
    deps.onEvent({ type: 'rolled-back', step: receipt.step, outcomes });
  }
  return rolledBack;
}

function stateAfter(run: {
  readonly verdicts: readonly Verdict[];
  readonly failed: readonly Verdict[];
  readonly errors: Readonly<Record<string, PullmendError>>;
  readonly rolledBack: readonly string[];
  readonly keep: boolean;
}): RunState {
  if (run.failed.length === 0 && Object.keys(run.errors).length === 0) return 'verified';
  if (run.keep) return 'kept';
  return run.verdicts.length > 0 && run.rolledBack.length === run.verdicts.length
    ? 'rolled-back'
    : 'partly-verified';
}

/** The run was stopped by the user, or lost the API server: what was done stays, and the record says how to take it back. */
function ended(record: RepairRecord, signal: AbortSignal, cause: unknown): PullmendError {
  const { receipts } = record.status;
  const named = (which: (receipt: Receipt) => boolean): string =>
    [...new Set(receipts.filter(which).map(({ step }) => objectName(step.object)))].join(', ');
  const holds = {
    changed: named(({ state }) => state === 'applied'),
    open: named(({ state, note }) => state === 'intended' && note !== notBegun),
    run: record.metadata.name,
  };
  if (signal.aborted) return new PullmendError('PM_RUN_INTERRUPTED', holds, { cause });
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PullmendError('PM_RUN_CUT', { ...holds, reason }, { cause });
}

function nothing(outcome: 'declined' | 'dry-run' | 'nothing-to-do'): ApplyResult {
  return { outcome, verdicts: [], errors: {}, rolledBack: [] };
}

/** A plan without steps: there is nothing to ask and nothing to write. */
export function nothingToDo(): ApplyResult {
  return nothing('nothing-to-do');
}

import pLimit from 'p-limit';
import { PullmendError } from '../../core/base/index.ts';
import {
  apiVersion,
  type Receipt,
  type RepairPlan,
  type RepairRecord,
  type Step,
} from '../../core/model/index.ts';
import type { ApplyDeps, StepDeps } from './deps.ts';
import { applyStep } from './steps/index.ts';

/** Each of them waits for the disk; the texts of more would pile up in V8's old space (16: 310 MB, 8: 220, as fast). */
const filesAtOnce = 8;

export type ApplyEvent =
  | { readonly type: 'step-started'; readonly step: Step }
  | { readonly type: 'step-applied'; readonly step: Step; readonly seconds: number }
  | { readonly type: 'step-failed'; readonly step: Step; readonly error: PullmendError };

export type ApplyRun = {
  readonly plan: RepairPlan;
  readonly dryRun: boolean;
  /** Steps that the user did not agree to. */
  readonly leaveOut: ReadonlySet<string>;
  readonly onEvent: (event: ApplyEvent) => void;
};

export type ApplyReport = {
  /** Absent for a dry run. */
  readonly record?: RepairRecord;
  readonly errors: Readonly<Record<string, PullmendError>>;
};

/**
 * Carries out the steps of a plan in order. The whole record is written before the first change, so that a run
 * that is killed at any moment can be undone. A step that fails does not stop the steps that do not need it.
 */
export async function apply(run: ApplyRun, deps: ApplyDeps): Promise<ApplyReport> {
  const { plan, dryRun } = run;
  const name = plan.metadata.name;
  const steps = plan.spec.steps.filter((step) => !run.leaveOut.has(step.id));
  const record = newRecord(plan, steps, deps.now());
  if (!dryRun) await deps.records.create(record);
  const errors: Record<string, PullmendError> = {};
  const receipts: Receipt[] = [];
  const skipped = new Set(run.leaveOut);
  const copies = steps.filter((step) => step.kind === 'copy-image');
  const copyImage = deps.startCopies(copies, { dryRun });
  const turn = pLimit(filesAtOnce);
  const carryOut = async (step: Step): Promise<Receipt> => {
    const receipt = await attempt(step, run, { ...deps, copyImage }, errors, skipped);
    if (!dryRun) await deps.records.setReceipt(name, receipt);
    return receipt;
  };
  for (const batch of batchesOf(steps)) {
    const done = batch.map(async (step) => await turn(carryOut, step));
    receipts.push(...(await Promise.all(done)));
  }
  return dryRun ? { errors } : { record: { ...record, status: { state: 'running', receipts } }, errors };
}

/** Edits of different files that need nothing before them are carried out together, all else one by one. */
function batchesOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const batches: Step[][] = [];
  let files = new Set<string>();
  for (const step of steps) {
    const file = step.kind === 'edit-file' && step.needs.length === 0 ? step.file : undefined;
    if (file !== undefined && files.size > 0 && !files.has(file)) batches.at(-1)?.push(step);
    else {
      batches.push([step]);
      files = new Set();
    }
    if (file !== undefined) files.add(file);
  }
  return batches;
}

async function attempt(
  step: Step,
  run: ApplyRun,
  deps: StepDeps,
  errors: Record<string, PullmendError>,
  skipped: ReadonlySet<string>,
): Promise<Receipt> {
  const started = performance.now();
  run.onEvent({ type: 'step-started', step });
  try {
    deps.signal.throwIfAborted();
    const missing = step.needs.find((id) => errors[id] !== undefined || skipped.has(id));
    if (missing !== undefined) throw new PullmendError('PM_STEP_SKIPPED', { step: step.id, needs: missing });
    const result = await applyStep(step, deps, run.plan.metadata.name, run.dryRun);
    run.onEvent({ type: 'step-applied', step, seconds: (performance.now() - started) / 1000 });
    return { step, state: 'applied', at: deps.now(), ...result };
  } catch (cause) {
    if (deps.signal.aborted) return { step, state: 'intended', at: deps.now() };
    const error = asPullmendError(cause);
    errors[step.id] = error;
    run.onEvent({ type: 'step-failed', step, error });
    return { step, state: 'failed', at: deps.now(), note: error.code };
  }
}

function newRecord(plan: RepairPlan, steps: readonly Step[], at: string): RepairRecord {
  const { cluster } = plan.spec;
  return {
    apiVersion,
    kind: 'RepairRecord',
    metadata: { name: plan.metadata.name, createdAt: at },
    spec: cluster === undefined ? {} : { cluster },
    status: { state: 'running', receipts: steps.map((step) => ({ step, state: 'intended', at })) },
  };
}

function asPullmendError(cause: unknown): PullmendError {
  if (cause instanceof PullmendError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new PullmendError('PM_INTERNAL', { message }, { cause });
}

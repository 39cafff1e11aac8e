import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { PullmendError } from '../../core/base/index.ts';
import {
  apiVersion,
  type Receipt,
  type RecordStore,
  type RepairPlan,
  type RepairRecord,
  type Step,
} from '../../core/model/index.ts';
import {
  applyStep,
  isProvable,
  laneOf,
  lookAt,
  noteBefore,
  type Noted,
  type StepTools,
} from '../../steps/index.ts';

/** Each of them waits for the disk; the texts of more would pile up in V8's old space (16: 310 MB, 8: 220, as fast). */
const lanesAtOnce = 8;

/** As long as an image of usual size takes on a slow line; what comes later is told by the write. */
const gateWithinMs = 60_000;
const gatePollMs = 1000;

/** Each of them is a request to the API server. */
const notesAtOnce = 16;

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

/** What carrying out steps needs from the outside world. */
export type ApplyDeps = StepTools & {
  readonly records: RecordStore;
  /** Who runs it, and where; asked once, for the record. */
  readonly whose: () => Promise<{ readonly user: string; readonly host: string }>;
  /** ISO 8601 time. */
  readonly now: () => string;
};

export type ApplyReport = {
  /** Absent for a dry run. */
  readonly record?: RepairRecord;
  readonly errors: Readonly<Record<string, PullmendError>>;
  /** The record could not be written any more: nothing was begun after that. */
  readonly cut?: PullmendError;
};

/** Note of a receipt whose step was not begun when the run ended. */
export const notBegun = 'not-begun';

/** Ctrl-C ends within 2 s; the receipt says `intended` until this is written, which undo takes back as well. */
const lastWordMs = 600;

/**
 * Carries out the steps of a plan in order. The whole record is written before the first change, so that a run
 * that is killed at any moment can be undone. A step that fails does not stop the steps that do not need it.
 */
export async function apply(run: ApplyRun, deps: ApplyDeps): Promise<ApplyReport> {
  const { plan, dryRun } = run;
  const name = plan.metadata.name;
  const steps = plan.spec.steps.filter((step) => !run.leaveOut.has(step.id));
  const noted = dryRun ? new Map<string, Noted>() : await noteAll(steps, deps);
  const record = newRecord(plan, steps, deps.now(), { whose: dryRun ? {} : await deps.whose(), noted });
  if (!dryRun) await deps.records.create(record);
  const errors: Record<string, PullmendError> = {};
  const receipts: Receipt[] = [];
  const turn = pLimit(lanesAtOnce);
  const passGates = gateKeeper(steps, errors, deps);
  let cut: PullmendError | undefined;
  const carryOut = async (step: Step): Promise<Receipt> => {
    if (cut !== undefined)
      return { ...noted.get(step.id), step, state: 'intended', at: deps.now(), note: notBegun };
    const receipt = { ...noted.get(step.id), ...(await attempt(step, { ...run, passGates }, deps, errors)) };
    if (dryRun || receipt.note === notBegun) return receipt;
    try {
      await beforeTheEnd(deps.records.setReceipt(name, receipt), deps.signal);
    } catch (error) {
      cut ??= asPullmendError(error);
    }
    return receipt;
  };
  for (const batch of batchesOf(steps)) {
    const done = batch.map(async (step) => await turn(carryOut, step));
    receipts.push(...(await Promise.all(done)));
  }
  if (dryRun) return { errors };
  const status = { state: 'running', receipts } as const;
  return { record: { ...record, status }, errors, ...(cut === undefined ? {} : { cut }) };
}

/** What receipts must hold before their steps are begun. A step whose object cannot be read will say so itself. */
async function noteAll(steps: readonly Step[], deps: ApplyDeps): Promise<ReadonlyMap<string, Noted>> {
  const turn = pLimit(notesAtOnce);
  const noteOne = async (step: Step): Promise<Noted> => {
    try {
      return deps.signal.aborted ? {} : await noteBefore(step, deps);
    } catch {
      return {};
    }
  };
  const notes = await Promise.all(steps.map(async (step) => [step.id, await turn(noteOne, step)] as const));
  return new Map(notes);
}

/** Waits for a write, after an interruption no longer than a moment. */
async function beforeTheEnd(write: Promise<void>, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const end = async (): Promise<void> => {
    if (!signal.aborted) await once(signal, 'abort', { signal: over.signal });
    await sleep(lastWordMs, undefined, { signal: over.signal, ref: false });
  };
  // Whichever is late ends on its own: nobody waits for it.
  const ended = end().catch(() => undefined);
  write.catch(() => undefined);
  try {
    await Promise.race([write, ended]);
  } finally {
    over.abort();
  }
}

/** Steps of different lanes that need nothing before them are carried out together, all else one by one. */
function batchesOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const batches: Step[][] = [];
  let lanes = new Set<string>();
  for (const step of steps) {
    const lane = step.needs.length === 0 ? laneOf(step) : undefined;
    if (lane !== undefined && lanes.size > 0 && !lanes.has(lane)) batches.at(-1)?.push(step);
    else {
      batches.push([step]);
      lanes = new Set();
    }
    if (lane !== undefined) lanes.add(lane);
  }
  return batches;
}

async function attempt(
  step: Step,
  { passGates, ...run }: ApplyRun & { readonly passGates: (step: Step) => Promise<void> },
  deps: ApplyDeps,
  errors: Record<string, PullmendError>,
): Promise<Receipt> {
  const started = performance.now();
  if (deps.signal.aborted) return { step, state: 'intended', at: deps.now(), note: notBegun };
  run.onEvent({ type: 'step-started', step });
  try {
    const missing = step.needs.find((id) => errors[id] !== undefined || run.leaveOut.has(id));
    if (missing !== undefined) throw new PullmendError('PM_STEP_SKIPPED', { step: step.id, needs: missing });
    if (!run.dryRun) await passGates(step);
    const { refused, ...result } = await applyStep(step, {
      ...deps,
      run: run.plan.metadata.name,
      dryRun: run.dryRun,
    });
    if (refused !== undefined) {
      errors[step.id] = refused;
      run.onEvent({ type: 'step-failed', step, error: refused });
      return { step, state: 'failed', at: deps.now(), note: refused.code, ...result };
    }
    run.onEvent({ type: 'step-applied', step, seconds: (performance.now() - started) / 1000 });
    return { step, state: 'applied', at: deps.now(), ...result };
  } catch (cause) {
    if (deps.signal.aborted) return { step, state: 'intended', at: deps.now() };
    const error = asPullmendError(cause);
    errors[step.id] = error;
    run.onEvent({ type: 'step-failed', step, error });
    return { step, state: mayHaveChanged(error) ? 'intended' : 'failed', at: deps.now(), note: error.code };
  }
}

/**
 * Waits for the pods of steps that a write may have to pass: an API server refuses what it cannot ask a webhook about.
 * Each is waited for once; when its pods do not run in time, the writes themselves say what is wrong.
 */
function gateKeeper(
  steps: readonly Step[],
  errors: Readonly<Record<string, PullmendError>>,
  deps: ApplyDeps,
): (step: Step) => Promise<void> {
  const waited = new Set<string>();
  return async ({ follows = [] }) => {
    const open = steps.filter(
      ({ id }) => follows.includes(id) && !waited.has(id) && errors[id] === undefined,
    );
    for (const gate of open.filter(isProvable)) {
      waited.add(gate.id);
      const deadline = performance.now() + gateWithinMs;
      while (performance.now() < deadline) {
        const { result, final } = await lookAt(gate, deps);
        if (result === 'proved' || final === 'now') break;
        await sleep(gatePollMs, undefined, { signal: deps.signal });
      }
    }
  };
}

/** Nobody knows whether the write was carried out, or half of it was: undo has to look. */
function mayHaveChanged({ code }: PullmendError): boolean {
  return [
    'PM_API_UNREACHABLE',
    'PM_REPLACEMENT_OPEN',
    'PM_NOT_GONE',
    'PM_OBJECT_LOST',
    'PM_RELEASE_OPEN',
  ].includes(code);
}

function newRecord(
  plan: RepairPlan,
  steps: readonly Step[],
  at: string,
  {
    whose,
    noted,
  }: {
    readonly whose: Pick<RepairRecord['spec'], 'user' | 'host'>;
    readonly noted: ReadonlyMap<string, Noted>;
  },
): RepairRecord {
  const { cluster } = plan.spec;
  return {
    apiVersion,
    kind: 'RepairRecord',
    metadata: { name: plan.metadata.name, createdAt: at },
    spec: { ...(cluster === undefined ? {} : { cluster }), ...whose },
    status: {
      state: 'running',
      receipts: steps.map((step) => ({ ...noted.get(step.id), step, state: 'intended', at })),
    },
  };
}

function asPullmendError(cause: unknown): PullmendError {
  if (cause instanceof PullmendError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new PullmendError('PM_INTERNAL', { message }, { cause });
}

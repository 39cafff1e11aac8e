import type {
  JsonObject,
  Permission,
  Receipt,
  Step,
  StepKind,
  StepOf,
  UndoOutcome,
  Untried,
} from '../core/model/index.ts';
import type { Allowed } from './allowed.ts';
import type { Lost, Noted, RunContext, StepModule, StepResult, StepTools, UndoContext } from './module.ts';
import type { Look } from './proof/index.ts';
import { previewOf } from './previews.ts';
import { modules } from './table.ts';

// What can be asked of any step. Nobody else needs to know of which kind it is.

function moduleOf(step: Step): StepModule<Step> {
  // The table gives each kind the module of its own steps.
  return modules[step.kind] as unknown as StepModule<Step>;
}

export function rightsOf(step: Step): readonly Permission[] {
  return moduleOf(step).rights(step);
}

/** Why this step mends no image; undefined when it does. For plans that somebody may have edited. */
export function vetStep(step: Step, allowed: Allowed): string | undefined {
  return moduleOf(step).vet(step, allowed);
}

/** Throws PullmendError; then nothing was changed. */
export async function applyStep(step: Step, context: RunContext): Promise<StepResult> {
  return await moduleOf(step).apply(step, context);
}

/** What of the step cannot be tried before; throws what would refuse it. Changes nothing. */
export async function attemptStep(
  step: Step,
  context: Pick<RunContext, 'api' | 'run' | 'signal'>,
): Promise<readonly Untried[]> {
  return (await moduleOf(step).attempt?.(step, context)) ?? [];
}

/** What belongs into the receipt before the step is begun. Throws PullmendError. */
export async function noteBefore(step: Step, context: Pick<RunContext, 'api' | 'signal'>): Promise<Noted> {
  return (await moduleOf(step).note?.(step, context)) ?? {};
}

export async function undoStep(receipt: Receipt, context: UndoContext): Promise<readonly UndoOutcome[]> {
  return await moduleOf(receipt.step).undo(receipt, context);
}

/** Somebody's word is waited for: the kubelet's, or a registry's. */
export function isProvable(step: Step): boolean {
  return (step.expect.length > 0 || previewOf(step).waits) && moduleOf(step).prove !== 'by-others';
}

/** One look at what a provable step was for. */
export async function lookAt(step: Step, tools: StepTools): Promise<Look> {
  const { prove } = moduleOf(step);
  if (prove === 'by-others') throw new TypeError(`${step.id} is proved by others`);
  return await prove(step, tools);
}

/** Who wrote over what a step did, in its object as it is now; undefined while it holds, or nobody can say. */
export function lostIn(step: Step, object: JsonObject): Lost | undefined {
  return moduleOf(step).lost?.(step, object);
}

/** Steps of different lanes run side by side; undefined: it runs alone. */
export function laneOf(step: Step): string | undefined {
  return moduleOf(step).lane?.(step);
}

export function servesOthers(step: Step): boolean {
  return moduleOf(step).servesOthers === true;
}

/** The steps of one kind, for those who make or read just these. */
export function stepsOfKind<K extends StepKind>(kind: K, steps: readonly Step[]): readonly StepOf<K>[] {
  return steps.filter((step): step is StepOf<K> & Step => step.kind === kind);
}

export type {
  Action,
  DiffLine,
  Lost,
  Noted,
  Preview,
  RunContext,
  StepTools,
  Subject,
  UndoContext,
} from './module.ts';
export type { Allowed } from './allowed.ts';
export { lackingLayers, readPlatformImage, type PlatformImage } from './node-load/index.ts';
export {
  broughtBy,
  changesBetween,
  driftOf,
  isOfImages,
  newestRevision,
  withChartFrom,
} from './helm-upgrade/index.ts';
export { followersOf } from './followers.ts';
export { makeRoom } from './make-room.ts';
export type { Look } from './proof/index.ts';

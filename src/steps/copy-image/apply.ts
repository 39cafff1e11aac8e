import type { CopyImageStep } from '../../core/model/index.ts';
import type { RunContext, StepResult } from '../module.ts';

/** All copies of a run are one job; this waits for the one of this step. */
export async function apply(step: CopyImageStep, { copyImage }: RunContext): Promise<StepResult> {
  await copyImage(step);
  return {};
}

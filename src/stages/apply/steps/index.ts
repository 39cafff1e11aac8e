import { PullmendError } from '../../../core/base/index.ts';
import type { Step } from '../../../core/model/index.ts';
import type { StepDeps, StepResult } from '../deps.ts';
import { applyEditFile } from './edit-file.ts';
import { applyPatchStep } from './patch.ts';
import { applyPullSecret } from './pull-secret.ts';
import { applyRecreate } from './recreate.ts';
import { applyReplacePods } from './replace-pods.ts';

/** Carries out one step. Idempotent: a step that is done already succeeds again. */
export async function applyStep(
  step: Step,
  deps: StepDeps,
  run: string,
  dryRun: boolean,
): Promise<StepResult> {
  if (step.kind === 'edit-file') {
    await applyEditFile(step, deps, dryRun);
    return {};
  }
  if (step.kind === 'copy-image') {
    await deps.copyImage(step);
    return {};
  }
  const { api } = deps;
  if (api === undefined)
    throw new PullmendError('PM_PLAN_INVALID', { problem: `${step.id} needs a cluster` });
  const context = { ...deps, api, run, dryRun };
  switch (step.kind) {
    case 'patch':
      await applyPatchStep(step, context);
      return {};
    case 'replace-pods':
      await applyReplacePods(step, context);
      return {};
    case 'recreate':
      return await applyRecreate(step, context);
    case 'pull-secret':
      await applyPullSecret(step, context);
      return {};
  }
}

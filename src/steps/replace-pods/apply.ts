import { isError } from '../../core/base/index.ts';
import type { ReplacePodsStep } from '../../core/model/index.ts';
import type { RunContext, StepResult } from '../module.ts';

/** Deletes the stuck pods one after another; their controller creates them anew. One that is gone is fine. */
export async function apply(step: ReplacePodsStep, { api, dryRun, signal }: RunContext): Promise<StepResult> {
  for (const pod of step.pods) {
    signal.throwIfAborted();
    try {
      await api.delete(pod, { dryRun, ...(pod.uid === undefined ? {} : { uid: pod.uid }) });
    } catch (error) {
      // Gone, or replaced by a pod of the same name in the meantime: what the step is for has happened.
      if (!isError(error, 'PM_NOT_FOUND') && !isError(error, 'PM_CONFLICT')) throw error;
    }
  }
  return {};
}

import { isError } from '../../core/base/index.ts';
import { runningContainers } from '../../core/knowledge/pods/index.ts';
import type { JsonObject, ObjectRef, ReplacePodsStep } from '../../core/model/index.ts';
import type { RunContext, StepResult } from '../module.ts';

/** Deletes the stuck pods one after another; their controller creates them anew. One that is gone is fine. */
export async function apply(step: ReplacePodsStep, context: RunContext): Promise<StepResult> {
  const { pods, restarts = [], loss } = step;
  for (const pod of [...pods, ...restarts]) {
    context.signal.throwIfAborted();
    // Said yes to, one by one.
    const mayRun =
      restarts.includes(pod) || (loss?.names ?? []).some((name) => name.startsWith(`${pod.name} `));
    try {
      await replace(pod, mayRun, context);
    } catch (error) {
      // Gone, or replaced by a pod of the same name in the meantime: what the step is for has happened.
      if (!isError(error, 'PM_NOT_FOUND') && !isError(error, 'PM_CONFLICT')) throw error;
    }
  }
  return {};
}

/** A pod that came to run since the plan was made is nothing to replace; the version keeps it so until it is gone. */
async function replace(pod: ObjectRef, mayRun: boolean, { api, dryRun, signal }: RunContext): Promise<void> {
  const isSpared = (live: JsonObject): boolean => !mayRun && runningContainers(live).length > 0;
  for (let reads = 1; ; reads++) {
    const live = await api.get(pod, { signal });
    const { uid, resourceVersion } = live.metadata as { uid: string; resourceVersion: string };
    if ((pod.uid !== undefined && uid !== pod.uid) || isSpared(live)) return;
    try {
      await api.delete(pod, { dryRun, uid, resourceVersion });
      return;
    } catch (error) {
      // The kubelet writes the status of a stuck pod at each try.
      if (!isError(error, 'PM_CONFLICT') || reads === maxReads) throw error;
    }
  }
}

/** The kubelet writes every few seconds; this many writes in a row between a read and a deletion are too many. */
const maxReads = 5;

import { setTimeout as sleep } from 'node:timers/promises';
import { PullmendError, pointerToken } from '../../core/base/index.ts';
import { readField } from '../../core/edit/index.ts';
import type { DefaultClassStep, ObjectRef } from '../../core/model/index.ts';
import type { RunContext, StepResult } from '../module.ts';
import { patch } from '../patch/index.ts';
import { asPatch } from './as-patch.ts';

/** The controller of claims looks at them every 15 s (`--pvclaimbinder-sync-period`). */
const classWithinMs = 25_000;
const pollMs = 1000;

/** Leaves nothing behind: it is taken away as soon as it was written. */
const touch = 'pullmend.dev/look-again';

/**
 * Marks the class, waits until claims without one have got it (Kubernetes 1.26 on: KEP-3333), and lets the scheduler
 * look at their pods anew: it does so for a change of the claim, else only every five minutes.
 */
export async function apply(step: DefaultClassStep, context: RunContext): Promise<StepResult> {
  const result = await patch.apply(asPatch(step), context);
  if (context.dryRun) return result;
  await Promise.all(step.claims.map(async (claim) => await lookAgain(claim, context)));
  return result;
}

/** The claim is proved or not afterwards, so that whatever goes wrong here is told there. */
async function lookAgain(claim: ObjectRef, { api, signal }: RunContext): Promise<void> {
  const deadline = performance.now() + classWithinMs;
  try {
    for (;;) {
      const object = await api.get(claim, { signal });
      if (readField(object, '/status/phase') === 'Bound') return;
      if (readField(object, '/spec/storageClassName') !== undefined) {
        const path = `/metadata/annotations/${pointerToken(touch)}`;
        const isBare = readField(object, '/metadata/annotations') === undefined;
        await api.patch(claim, [
          isBare
            ? { op: 'add', path: '/metadata/annotations', value: { [touch]: 'true' } }
            : { op: 'add', path, value: 'true' },
        ]);
        await api.patch(claim, [{ op: 'remove', path }]);
        return;
      }
      if (performance.now() > deadline) return;
      await sleep(pollMs, undefined, { signal });
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof PullmendError)) throw error;
  }
}

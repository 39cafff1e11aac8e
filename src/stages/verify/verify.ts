import { setTimeout as sleep } from 'node:timers/promises';
import type { Step, Verdict } from '../../core/model/index.ts';
import { isProvable, lookAt, type StepTools } from '../../steps/index.ts';

/** What proving needs from the outside world. */
export type VerifyDeps = StepTools & {
  readonly onProgress: (step: Step, proved: number, expected: number) => void;
  readonly onVerdict: (step: Step, verdict: Verdict) => void;
};

/** The kubelet reports within a second or two; asking more often would only load the API server. */
const pollMs = 1000;
/** With many steps each is asked less often: about 40 requests a second in all (a get and a list each). */
const pollMsPerStep = 50;

/**
 * Asks until every step is proved, or the deadline passes. Steps that others prove are not judged.
 *
 * @param timeoutSeconds one deadline for all steps, counted from now.
 */
export async function verify(
  steps: readonly Step[],
  timeoutSeconds: number,
  deps: VerifyDeps,
): Promise<readonly Verdict[]> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  const judged = steps.filter(isProvable);
  const pace = { deadline, pollMs: Math.max(pollMs, judged.length * pollMsPerStep) };
  // All steps share the one deadline, so none waits behind a slow one.
  return await Promise.all(
    judged.map(async (step) => {
      const verdict = await watch(step, pace, deps);
      deps.onVerdict(step, verdict);
      return verdict;
    }),
  );
}

type Pace = { readonly deadline: number; readonly pollMs: number };

async function watch(step: Step, pace: Pace, deps: VerifyDeps): Promise<Verdict> {
  const started = performance.now();
  for (;;) {
    deps.signal.throwIfAborted();
    const { final, ...seen } = await lookAt(step, deps);
    deps.onProgress(step, seen.proved, seen.expected);
    if (final || performance.now() > pace.deadline) {
      return { step: step.id, object: step.object, ...seen, seconds: (performance.now() - started) / 1000 };
    }
    await sleep(pace.pollMs, undefined, { signal: deps.signal });
  }
}

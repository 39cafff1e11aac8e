import { setTimeout as sleep } from 'node:timers/promises';
import { PullmendError } from '../../core/base/index.ts';
import type { Step, Verdict } from '../../core/model/index.ts';
import type { VerifyDeps } from './deps.ts';
import { look } from './look.ts';

/** The kubelet reports within a second or two; asking more often would only load the API server. */
const pollMs = 1000;
/** With many steps each is asked less often: about 40 requests a second in all (a get and a list each). */
const pollMsPerStep = 50;

/**
 * Asks until every step is proved, or the deadline passes. Steps without expectations are not judged.
 *
 * @param timeoutSeconds one deadline for all steps, counted from now.
 */
export async function verify(
  steps: readonly Step[],
  timeoutSeconds: number,
  deps: VerifyDeps,
): Promise<readonly Verdict[]> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  const judged = steps.filter((step) => step.expect.length > 0);
  // All steps share the one deadline, so none waits behind a slow one.
  return await Promise.all(
    judged.map(async (step) => {
      const verdict =
        step.kind === 'edit-file'
          ? await readAll(step, deps)
          : await watch(step, { deadline, pollMs: Math.max(pollMs, judged.length * pollMsPerStep) }, deps);
      deps.onVerdict(step, verdict);
      return verdict;
    }),
  );
}

type Pace = { readonly deadline: number; readonly pollMs: number };

async function watch(step: Step, pace: Pace, deps: VerifyDeps): Promise<Verdict> {
  const { api } = deps;
  if (api === undefined)
    throw new PullmendError('PM_PLAN_INVALID', { problem: `${step.id} needs a cluster` });
  const started = performance.now();
  for (;;) {
    deps.signal.throwIfAborted();
    const { final, ...seen } = await look(step, deps, api);
    deps.onProgress(step, seen.proved, seen.expected);
    if (final || performance.now() > pace.deadline) {
      return { step: step.id, object: step.object, ...seen, seconds: (performance.now() - started) / 1000 };
    }
    await sleep(pace.pollMs, undefined, { signal: deps.signal });
  }
}

/** For files there is no kubelet: every new name is read whole instead, manifests and blobs. */
async function readAll(step: Step, deps: VerifyDeps): Promise<Verdict> {
  const started = performance.now();
  const images = [...new Set(step.expect.map((e) => e.imageAfter))];
  let proved = 0;
  let detail: string | undefined;
  for (const image of images) {
    try {
      await deps.readImage(image);
      proved++;
    } catch (error) {
      detail ??= error instanceof Error ? error.message : String(error);
    }
    deps.onProgress(step, proved, images.length);
  }
  return {
    step: step.id,
    object: step.object,
    result: proved === images.length ? 'proved' : 'failing',
    proved,
    expected: images.length,
    seconds: (performance.now() - started) / 1000,
    ...(detail === undefined ? {} : { detail }),
  };
}

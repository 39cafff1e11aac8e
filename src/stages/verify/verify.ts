import { isError } from '../../core/base/index.ts';
import type { Step, Verdict } from '../../core/model/index.ts';
import { Bell, type PodNews } from './bell.ts';
import { isProvable, lookAt, makeRoom, type Look, type StepTools } from '../../steps/index.ts';

/** What proving needs from the outside world. */
export type VerifyDeps = StepTools & {
  /** Absent: nobody tells what happens to pods, so they are asked about again and again. */
  readonly podNews?: PodNews;
  readonly onProgress: (step: Step, proved: number, expected: number, others: readonly string[]) => void;
  readonly onVerdict: (step: Step, verdict: Verdict) => void;
};

export type VerifyOptions = {
  /** One deadline for all steps, counted from now. */
  readonly timeoutSeconds: number;
  /** How long a change is watched that a program may write over. */
  readonly holdSeconds?: number;
};

/** Where nobody tells of pods: the kubelet reports within a second or two; more often would only load the API server. */
const pollMs = 1000;
/** With many steps each is asked less often: about 40 requests a second in all (a get and a list each). */
const pollMsPerStep = 50;
/** Where somebody tells of pods, what is no pod (a quota, a claim, another writer) is still asked about. */
const pollMsWithNews = 2000;
/** After news: several come together. */
const soonestMs = 50;
const soonestMsPerStep = 20;
/** What keeps a pod for so long is no passing state of a roll-out: a scheduler tries again every few seconds. */
const settledMs = 6000;
/** A controller that was refused tries again after a growing time. */
const patienceAfterRoomMs = 60_000;
/** Loops of installers come by every 10 to 20 s, controllers within seconds. */
const defaultHoldSeconds = 30;

/** Asks until every step is proved and stayed so, or the deadline passes. Steps that others prove are not judged. */
export async function verify(
  steps: readonly Step[],
  { timeoutSeconds, holdSeconds = defaultHoldSeconds }: VerifyOptions,
  deps: VerifyDeps,
): Promise<readonly Verdict[]> {
  const judged = steps.filter(isProvable);
  const withoutNewsMs = Math.max(pollMs, judged.length * pollMsPerStep);
  const bell = new Bell(judged, deps.podNews, deps.signal);
  const pace = {
    deadline: performance.now() + timeoutSeconds * 1000,
    holdMs: holdSeconds * 1000,
    wait: {
      soonestMs: Math.max(soonestMs, judged.length * soonestMsPerStep),
      latestMs: Math.max(pollMsWithNews, withoutNewsMs),
      withoutNewsMs,
    },
    bell,
  };
  try {
    return await verifyAt(judged, pace, deps);
  } finally {
    bell.close();
  }
}

async function verifyAt(judged: readonly Step[], pace: Pace, deps: VerifyDeps): Promise<readonly Verdict[]> {
  // All steps share the one deadline, so none waits behind a slow one.
  const verdicts = await Promise.all(
    judged.map(async (step) => {
      const verdict = await watch(step, pace, deps);
      deps.onVerdict(step, verdict);
      return verdict;
    }),
  );
  return await lookAgain(judged, verdicts, deps);
}

type Pace = {
  readonly deadline: number;
  readonly holdMs: number;
  readonly wait: Parameters<Bell['wait']>[1];
  readonly bell: Bell;
};

async function watch(step: Step, pace: Pace, deps: VerifyDeps): Promise<Verdict> {
  const started = performance.now();
  let settling = { what: '', since: started };
  let proved: number | undefined;
  let roomMade: number | undefined;
  for (;;) {
    deps.signal.throwIfAborted();
    const look = await lookAt(step, deps);
    const now = performance.now();
    deps.onProgress(step, look.proved, look.expected, look.others ?? []);
    const what = JSON.stringify([look.result, look.proved, look.others]);
    if (what !== settling.what) settling = { what, since: now };
    if (await clearTheWay(look, Math.max(settling.since, roomMade ?? 0), now, deps)) roomMade = now;
    const since = Math.max(settling.since, (roomMade ?? -Infinity) + patienceAfterRoomMs - settledMs);
    if (isOver(look, now, since, pace.deadline)) {
      proved ??= now;
      if (!isHeld(step, look) || now - proved >= pace.holdMs) return verdictOf(step, look, started);
    }
    await pace.bell.wait(step, pace.wait);
  }
}

function isOver({ final }: Look, now: number, since: number, deadline: number): boolean {
  return final === 'now' || (final === 'soon' && now - since >= settledMs) || now > deadline;
}

/** A program owned the field: what is proved now may be gone at its next turn. */
function isHeld(step: Step, { result }: Look): boolean {
  return step.mayRevert !== undefined && result === 'proved';
}

/** Pods that never ran keep the new ones from their place, and it stays so. */
async function clearTheWay(look: Look, since: number, now: number, deps: VerifyDeps): Promise<boolean> {
  if (look.blockedBy === undefined || now - since < settledMs / 2) return false;
  try {
    await makeRoom(look.blockedBy, deps);
    return true;
  } catch (error) {
    // It changed in the meantime, or the user may not: the reason is told in the verdict.
    if (!isError(error, 'PM_CONFLICT') && !isError(error, 'PM_FORBIDDEN')) throw error;
    return false;
  }
}

/** While the last step was waited for, somebody may have written over the first. */
async function lookAgain(
  steps: readonly Step[],
  verdicts: readonly Verdict[],
  deps: VerifyDeps,
): Promise<readonly Verdict[]> {
  const slowest = Math.max(0, ...verdicts.map(({ seconds }) => seconds));
  return await Promise.all(
    verdicts.map(async (verdict, index) => {
      const step = steps[index];
      const isOld = slowest - verdict.seconds > pollMs / 1000;
      if (step === undefined || verdict.result !== 'proved' || !isOld) return verdict;
      const look = await lookAt(step, deps);
      if (look.result !== 'reverted') return verdict;
      const reverted = verdictOf(step, look, performance.now() - slowest * 1000);
      deps.onVerdict(step, reverted);
      return reverted;
    }),
  );
}

function verdictOf(step: Step, look: Look, started: number): Verdict {
  const { final: _final, blockedBy: _blockedBy, ...seen } = look;
  return { step: step.id, object: step.object, ...seen, seconds: (performance.now() - started) / 1000 };
}

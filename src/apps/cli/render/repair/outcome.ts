import type { PullProblem, RepairPlan, Step, Verdict } from '../../../../core/model/index.ts';
import type { ApplyResult, FixResult } from '../../../../flows/index.ts';
import { filesOf } from '../names.ts';
import type { Page } from '../page.ts';
import { asAsked, isUnasked, leftPodCount, stepsFor, unmendedOf } from '../diagnosis/reckoning.ts';
import { joinParts, wrap } from '../wrap.ts';

/** The end of a run, in at most two lines: what runs now and how to take it back; what is left to a person. */
export type Ending = {
  readonly result: ApplyResult & Pick<FixResult, 'earlier'>;
  readonly plan: RepairPlan;
  readonly problems: readonly PullProblem[];
  /** Steps that a person did not agree to, by id. */
  readonly leftOut: ReadonlySet<string>;
  readonly seconds: number;
};

export function endLines(ending: Ending, page: Page): readonly string[] {
  const { m, paint } = page;
  switch (ending.result.outcome) {
    case 'nothing-to-do':
      return wrap(m.run.nothingToDo, page.width);
    case 'declined':
      return wrap(m.run.declined, page.width);
    case 'planned':
      return wrap(m.run.onlyPlanned, page.width);
    case 'dry-run': {
      const refused = Object.keys(ending.result.errors).length > 0;
      return wrap(refused ? m.run.dryRunRefused : m.run.dryRunDone, page.width);
    }
    case 'applied':
      return [
        ...joinParts(doneParts(ending, page), page.width).map((line) => paint.strong(line)),
        ...wrap(leftText(ending, page), page.width).filter((line) => line !== ''),
        ...nextSteps(ending, page).flatMap((text) => wrap(text, page.width)),
      ];
  }
}

function doneParts({ result, seconds }: Ending, { m, program }: Page): readonly string[] {
  const done = (result.record?.status.receipts ?? []).filter(({ state }) => state !== 'failed');
  const changed = done.length > 0;
  const said = changed
    ? provedText(
        result.verdicts,
        done.map(({ step }) => step),
        m,
      )
    : m.run.declined;
  const parts = [said, m.words.duration(seconds)];
  const state = result.record?.status.state;
  if (state === 'rolled-back') parts.push(m.run.state['rolled-back']);
  else if (changed && result.record !== undefined) {
    for (const run of runsToUndo(result)) parts.push(m.run.undoWith(`${program} undo ${run}`));
  }
  return parts;
}

/** The newest first, as they are taken back; what was taken back already is not named. */
function runsToUndo({ record, earlier = [] }: Ending['result']): readonly string[] {
  const holding = earlier.filter(({ record: { status } }) => status.state !== 'rolled-back');
  return [...holding.map((one) => one.record), ...(record === undefined ? [] : [record])]
    .toReversed()
    .map(({ metadata }) => metadata.name);
}

/** What holds now, and the next command, where a change did not stay or was not proved. */
function nextSteps({ result }: Ending, { m, program }: Page): readonly string[] {
  const state = result.record?.status.state;
  const reverted = result.verdicts.some((verdict) => verdict.result === 'reverted');
  return [
    ...(reverted ? [m.run.afterRevert(`${program} diagnose`)] : []),
    ...(state === 'rolled-back' && !reverted ? [m.run.afterRollback('--timeout 15m', '--keep')] : []),
    ...(state === 'kept' ? [m.run.afterKeep(`${program} diagnose`)] : []),
  ];
}

function provedText(verdicts: readonly Verdict[], steps: readonly Step[], m: Page['m']): string {
  const files = new Set(filesOf(steps));
  const proved = sum(verdicts, (verdict) => verdict.proved);
  const expected = sum(verdicts, (verdict) => verdict.expected);
  if (files.size > 0) {
    return [m.run.filesChanged(m.words.files(files.size)), m.run.imagesPull(proved, expected)].join(' · ');
  }
  return expected === 0 ? m.run.noPods : m.run.podsStart(proved, expected);
}

function leftText(ending: Ending, { m }: Page): string {
  const numbers = ending.problems.flatMap((problem, index) => (isLeft(problem, ending) ? [index + 1] : []));
  if (numbers.length === 0) return '';
  const unproved = sum(ending.result.verdicts, (verdict) => Math.max(0, verdict.expected - verdict.proved));
  const pods = leftPodCount(ending.problems, asAsked(ending.plan)) + unproved;
  const see = m.words.list(numbers.map(String));
  return pods > 0
    ? m.run.needYou(m.words.pods(pods), pods === 1, see)
    : m.run.imagesNeedYou(m.words.images(numbers.length), numbers.length === 1, see);
}

/** True when something of this problem was not mended. */
export function isLeft(problem: PullProblem, { plan, result, leftOut }: Ending): boolean {
  if (isUnasked(problem, plan)) return false;
  if (unmendedOf(problem, asAsked(plan)).length > 0) return true;
  const steps = stepsFor(problem, plan);
  if (steps.length === 0) return true;
  const bad = new Set([
    ...leftOut,
    ...Object.keys(result.errors),
    ...result.rolledBack,
    ...result.verdicts.filter(isBad).map((verdict) => verdict.step),
  ]);
  return steps.some((step) => bad.has(step.id));
}

export function isBad({ result }: Verdict): boolean {
  return result === 'failing' || result === 'reverted';
}

function sum(verdicts: readonly Verdict[], of: (verdict: Verdict) => number): number {
  return verdicts.reduce((total, verdict) => total + of(verdict), 0);
}

import type { Candidate, PullProblem, Supply } from '../../../../core/model/index.ts';
import type { Page } from '../page.ts';
import { row, rowIndent } from '../rows.ts';
import { textWidth } from '../wrap.ts';

/** Enough of a digest to compare it by eye. */
const digestLetters = 12;

/** The `have` row: the copy that will be used, or what each mirror said instead. */
export function copyRow(problem: PullProblem, supply: Supply, page: Page): readonly string[] {
  const { labels, mirrorUseless } = page.m.problems;
  const best = supply.candidates.find((candidate) => candidate.usable);
  if (best !== undefined) return copyLines(best, page);
  if (problem.status.diagnosis.mirrorHelps === 'no' && supply.candidates.length === 0) {
    return row(labels.have, `–  ${mirrorUseless}`, page);
  }
  return row(labels.have, `–  ${whyNone(supply, page)}`, page);
}

function copyLines(best: Candidate, page: Page): readonly string[] {
  const { labels } = page.m.problems;
  const fits = textWidth(best.reference) + 3 + textWidth(copyFacts(best, page)) <= page.width - rowIndent;
  return row(labels.have, `${best.reference}${fits ? '   ' : '\n'}${copyFacts(best, page)}`, page);
}

/** What was read from the mirror: how sure the digest is, and the platforms. */
export function copyFacts(candidate: Candidate, { m }: Page): string {
  const { identity, probe, missingPlatforms } = candidate;
  const digest = [m.problems.identity[identity], shortDigest(probe.digest)].filter(Boolean).join(' ');
  const lacks = missingPlatforms.length === 0 ? [] : [m.problems.lacks(platformNames(missingPlatforms))];
  return [digest, platformNames(probe.platforms), ...lacks].filter(Boolean).join(' · ');
}

function whyNone({ candidates }: Supply, { m }: Page): string {
  if (candidates.length === 0) return m.problems.noCopy;
  return candidates
    .map((candidate) => m.words.labelled(candidate.mirror, verdictOf(candidate, m)))
    .join(' · ');
}

function verdictOf({ probe, identity, missingPlatforms }: Candidate, m: Page['m']): string {
  if (probe.outcome === 'rate-limited' && probe.retryAfter !== undefined)
    return m.problems.limited(m.words.duration(probe.retryAfter));
  if (missingPlatforms.length > 0) return m.problems.lacks(platformNames(missingPlatforms));
  if (probe.outcome !== 'works') return m.problems.outcome[probe.outcome];
  return m.problems.identity[identity];
}

/** `amd64 arm64`; the operating system is said only when it is not Linux. */
export function platformNames(platforms: readonly string[]): string {
  return platforms.map((platform) => platform.replace(/^linux\//, '')).join(' ');
}

export function shortDigest(digest: string | undefined): string {
  return digest === undefined ? '' : digest.replace(/^sha\d+:/, '').slice(0, digestLetters);
}

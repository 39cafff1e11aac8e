import { isUsable } from '../../core/choose/index.ts';
import { missingPlatforms, parseReference } from '../../core/image/index.ts';
import type { Candidate, Identity, Probe } from '../../core/model/index.ts';
import { agreement, judge, type IdentityFacts, type Judgement } from './identity.ts';

/** A mirror's copy as it was probed. */
export type ProbedCopy = {
  /** Its name, or the registry of the original. */
  readonly mirror: string;
  readonly reference: string;
  readonly probe: Probe;
  readonly needsProof?: Candidate['needsProof'];
  /** How long its registry took to answer. */
  readonly milliseconds?: number;
};

/** Below, the order of the configuration counts: a difference that small is chance. */
const slowFromMs = 2_000;

const identityRank: Readonly<Record<Identity, number>> = { same: 0, unverified: 1, different: 2 };

/** Judges the copies of one image, given in the order of the configuration; the best comes first. */
export function rankCopies(copies: readonly ProbedCopy[], facts: IdentityFacts): readonly Candidate[] {
  const first = copies.map(({ probe }) => judge(probe, facts));
  const judgements = first.every(({ comparedWith }) => comparedWith === undefined)
    ? agreement(
        copies.map(({ probe, reference }) => ({ probe, host: parseReference(reference).registry })),
        facts.platforms,
      )
    : first;
  return copies
    .map((copy, index) => ({
      copy: candidate(copy, judgements[index] ?? { identity: 'unverified' }, facts.platforms),
      isSlow: (copy.milliseconds ?? 0) > slowFromMs,
    }))
    .toSorted(
      (a, b) =>
        Number(b.copy.usable) - Number(a.copy.usable) ||
        identityRank[a.copy.identity] - identityRank[b.copy.identity] ||
        Number(a.isSlow) - Number(b.isSlow),
    )
    .map(({ copy }) => copy);
}

function candidate(
  { mirror, reference, probe, needsProof }: ProbedCopy,
  judgement: Judgement,
  platforms: readonly string[],
): Candidate {
  // What was not read lacks nothing that is known.
  const missing = probe.digest === undefined ? [] : missingPlatforms(platforms, probe.platforms);
  const copy = {
    mirror,
    reference,
    probe,
    ...judgement,
    missingPlatforms: missing,
    ...(needsProof === undefined ? {} : { needsProof }),
  };
  return { ...copy, usable: isUsable(copy, { allowUnverified: false }) };
}

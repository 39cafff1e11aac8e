import { missingPlatforms, parseReference } from '../../core/image/index.ts';
import type { Candidate, Identity, Probe } from '../../core/model/index.ts';
import { agreement, judge, type IdentityFacts, type Judgement } from './identity.ts';

/** A mirror's copy as it was probed. */
export type ProbedCopy = {
  /** Its name, or the registry of the original. */
  readonly mirror: string;
  readonly reference: string;
  readonly probe: Probe;
  /** Found by a guess at the original: only a proof makes it usable. */
  readonly isDoubtful?: boolean;
};

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
    .map((copy, index) => candidate(copy, judgements[index] ?? { identity: 'unverified' }, facts.platforms))
    .toSorted(
      (a, b) => Number(b.usable) - Number(a.usable) || identityRank[a.identity] - identityRank[b.identity],
    );
}

function candidate(
  { mirror, reference, probe, isDoubtful }: ProbedCopy,
  judgement: Judgement,
  platforms: readonly string[],
): Candidate {
  // What was not read lacks nothing that is known.
  const missing = probe.digest === undefined ? [] : missingPlatforms(platforms, probe.platforms);
  const isProved = isDoubtful === true ? judgement.identity === 'same' : judgement.identity !== 'different';
  const usable = probe.outcome === 'works' && missing.length === 0 && isProved;
  return { mirror, reference, probe, ...judgement, missingPlatforms: missing, usable };
}

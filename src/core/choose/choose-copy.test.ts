import { describe, expect, test } from 'vitest';
import type { Candidate, Mirror, ProbeOutcome } from '../model/index.ts';
import { believedAtMost } from './belief.ts';
import { chooseCopy } from './choose-copy.ts';

const reference = 'm.daocloud.io/docker.io/acme/app:v1';

function publicCopy(more: Partial<Candidate> = {}): Candidate {
  return {
    mirror: 'daocloud',
    reference,
    probe: { reference, outcome: 'works', platforms: [], platformDigests: {}, detail: '' },
    identity: 'unverified',
    needsProof: 'public',
    missingPlatforms: [],
    usable: false,
    ...more,
  };
}

function choiceOf(copy: Candidate, accepted: string): string {
  const supply = { image: 'docker.io/acme/app:v1', origin: copy.probe, candidates: [copy] };
  const choice = chooseCopy(supply, { allowUnverified: false, accepted: new Set([accepted]) });
  return choice.ok ? choice.copy.reference : choice.reason;
}

test('a yes counts for the public copy that it was said to', () => {
  expect(choiceOf(publicCopy(), reference)).toBe(reference);
  expect(choiceOf(publicCopy(), `${reference}-other`)).toBe('only-unverified');
});

test.each<[string, Partial<Candidate>, string]>([
  ['differs from what is known', { identity: 'different' }, 'only-different'],
  ['stands for an image that its registry denies', { needsProof: 'denied' }, 'only-unverified'],
  ['is a guess at the original', { needsProof: 'guess' }, 'only-unverified'],
  ['lacks a platform', { missingPlatforms: ['linux/arm64'] }, 'no-copy'],
])('a yes is no leave to use a copy that %s', (_, more, reason) => {
  expect(choiceOf(publicCopy(more), reference)).toBe(reason);
});

describe('who was asked', () => {
  const probe = (outcome: ProbeOutcome, retryAfter?: number): Candidate => ({
    ...publicCopy(),
    probe: {
      ...publicCopy().probe,
      outcome,
      ...(retryAfter === undefined ? {} : { retryAfter }),
    },
  });
  const asked = (...candidates: readonly Candidate[]) =>
    chooseCopy(
      { image: 'docker.io/acme/app:v1', origin: publicCopy().probe, candidates },
      { allowUnverified: false },
    );

  test.each<[string, Candidate, string, string]>([
    ['lacks it', probe('absent'), 'no-copy', 'daocloud absent'],
    ['asks for patience', probe('rate-limited', 30), 'mirrors-fail', 'daocloud 429, again in 30 s'],
    ['asks for patience and says not how long', probe('rate-limited'), 'mirrors-fail', 'daocloud 429'],
    ['does not answer', probe('unreachable'), 'mirrors-fail', 'daocloud unreachable'],
  ])('and %s', (_, candidate, reason, said) => {
    expect(asked(candidate)).toEqual({ ok: false, reason, asked: said });
  });

  test('is nobody where there is no mirror for it', () => {
    expect(asked()).toEqual({ ok: false, reason: 'no-copy' });
    expect(chooseCopy(undefined, { allowUnverified: false })).toEqual({ ok: false, reason: 'no-copy' });
  });

  test('one that holds it not speaks for all that were silent', () => {
    expect(asked(probe('unreachable'), probe('absent'))).toMatchObject({ reason: 'no-copy' });
  });
});

describe('what makes a copy the same image only with a proof', () => {
  const origin = publicCopy().probe;
  const own = {
    name: 'own',
    match: ['**'],
    scheme: 'harbor-library',
    at: 'harbor.corp/library',
  } as unknown as Mirror;

  test.each<[string, Parameters<typeof believedAtMost>[0], Candidate['needsProof']]>([
    ['a guess at the original', { mirror: own, isGuess: true, supply: { origin } }, 'guess'],
    [
      'its registry lacks it',
      { mirror: own, isGuess: false, supply: { origin: { ...origin, outcome: 'absent' } } },
      'denied',
    ],
    ['nothing on a mirror of the user', { mirror: own, isGuess: false, supply: { origin } }, undefined],
  ])('%s', (_, facts, needed) => {
    expect(believedAtMost(facts)).toBe(needed);
  });
});

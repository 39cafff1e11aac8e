import { expect, test } from 'vitest';
import type { Candidate } from '../model/index.ts';
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

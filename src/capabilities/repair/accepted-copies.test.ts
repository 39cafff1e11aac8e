import { expect, test } from 'vitest';
import type { Candidate, PlanOptions, PullProblem, Supply } from '../../core/model/index.ts';
import { acceptedCopies } from './accepted-copies.ts';

const image = 'docker.io/acme/app:v1';
const reference = 'm.daocloud.io/docker.io/acme/app:v1';
const copy: Candidate = {
  mirror: 'daocloud',
  reference,
  probe: { reference, outcome: 'works', platforms: [], platformDigests: {}, detail: '' },
  identity: 'unverified',
  needsProof: 'public',
  missingPlatforms: [],
  usable: false,
};

type Given = {
  readonly copies?: readonly Candidate[];
  readonly cause?: string;
  readonly says?: boolean;
  readonly allowUnverified?: boolean;
};

async function accepted({ copies = [copy], cause = 'dns', says = true, allowUnverified = false }: Given) {
  const asked: string[] = [];
  const problem = { spec: { image, usages: [] }, status: { diagnosis: { class: cause } } };
  const supplies: Supply[] = [{ image, origin: copy.probe, candidates: copies }];
  const options: PlanOptions = {
    allowUnverified,
    confirmCopy: async (name, { reference: of }) => {
      asked.push(`${name} ${of}`);
      return await Promise.resolve(says);
    },
  };
  const found = await acceptedCopies([problem as unknown as PullProblem], supplies, options);
  return { found: [...found], asked };
}

test('a public copy that nothing proves is asked about, and a yes counts for it', async () => {
  expect(await accepted({})).toEqual({ found: [reference], asked: [`${image} ${reference}`] });
});

test('a no accepts nothing', async () => {
  expect(await accepted({ says: false })).toMatchObject({ found: [], asked: [expect.any(String)] });
});

test.each<[string, Given]>([
  ['of an image that its registry denies', { cause: 'not-found' }],
  ['where one is proved', { copies: [copy, { ...copy, identity: 'same', usable: true }] }],
  ['that is another image', { copies: [{ ...copy, identity: 'different' }] }],
  ['that does not answer', { copies: [{ ...copy, probe: { ...copy.probe, outcome: 'absent' } }] }],
  ['where all are taken anyway', { allowUnverified: true }],
  ['where there is none', { copies: [] }],
])('nobody is asked about a copy %s', async (_, given) => {
  expect(await accepted(given)).toEqual({ found: [], asked: [] });
});

test('where nobody can be asked nothing is accepted', async () => {
  expect((await acceptedCopies([], [], { allowUnverified: false })).size).toBe(0);
});

import { describe, expect, test } from 'vitest';
import { digestOf, parseReference } from '../../core/image/index.ts';
import type { Probe, ProbeOutcome } from '../../core/model/index.ts';
import { rankCopies } from './candidates.ts';
import { agreement, judge } from './identity.ts';

const d = (text: string) => digestOf(Buffer.from(text));
const amd = 'linux/amd64';
const arm = 'linux/arm64';

function probe(digest: string | undefined, rest: Partial<Probe> = {}): Probe {
  const outcome: ProbeOutcome = digest === undefined ? 'unreachable' : 'works';
  return {
    reference: 'x',
    outcome,
    ...(digest && { digest }),
    platforms: [],
    platformDigests: {},
    detail: '',
    ...rest,
  };
}

function index(name: string, platformDigests: Record<string, string>) {
  return probe(d(name), { platforms: Object.keys(platformDigests), platformDigests });
}

function single(platform: string, digest: string) {
  return probe(digest, { platforms: [platform] });
}

const original = index('index', { [amd]: d('amd'), [arm]: d('arm') });
const down = probe(undefined);
const tagged = parseReference('nginx:1');
const facts = { image: tagged, origin: original, knownDigests: [], platforms: [amd] };

describe('against the origin', () => {
  test.each([
    ['the same index', original, 'same'],
    ['an index without a platform', index('trimmed', { [amd]: d('amd') }), 'same'],
    ['an index whose other platforms differ', index('other', { [amd]: d('amd'), [arm]: d('x') }), 'same'],
    ['an index with another build', index('other', { [amd]: d('x'), [arm]: d('arm') }), 'different'],
    ['the manifest of one platform', single(amd, d('amd')), 'same'],
    ['the manifest of another build', single(amd, d('x')), 'different'],
    ['a platform that the origin lacks', single('linux/s390x', d('x')), 'different'],
  ])('%s is %s', (_, copy, identity) => {
    expect(judge(copy, facts)).toEqual({ identity, comparedWith: 'origin' });
  });

  test('all platforms matter when none are named', () => {
    const copy = index('other', { [amd]: d('amd'), [arm]: d('x') });
    expect(judge(copy, { ...facts, platforms: [] }).identity).toBe('different');
  });

  test('a copy that was not read is not judged', () => {
    expect(judge(down, facts)).toEqual({ identity: 'unverified' });
  });
});

describe('against a digest in the name', () => {
  const pinned = { ...facts, image: { ...tagged, digest: d('index') } };

  test.each([
    ['what the registry gave was checked', original, { identity: 'same', comparedWith: 'pinned' }],
    [
      'other bytes',
      probe(undefined, { outcome: 'digest-mismatch' }),
      { identity: 'different', comparedWith: 'pinned' },
    ],
    ['nothing', down, { identity: 'unverified' }],
  ])('%s', (_, copy, judgement) => {
    expect(judge(copy, pinned)).toEqual(judgement);
  });
});

describe('against pods that ran it', () => {
  const withPods = (...knownDigests: string[]) => ({ ...facts, origin: down, knownDigests });

  test.each([
    ['the index', original, [d('index')], 'same'],
    ['an imageID', original, [`docker-pullable://docker.io/library/nginx@${d('index')}`], 'same'],
    ['a platform of it', original, [d('old'), d('amd')], 'same'],
    ['the same platform alone', single(amd, d('amd')), [d('amd')], 'same'],
    ['neither', original, [d('old')], 'different'],
  ])('%s', (_, copy, known, identity) => {
    expect(judge(copy, withPods(...known))).toEqual({ identity, comparedWith: 'running-pod' });
  });

  test('a platform cannot be told from a part of an unknown index', () => {
    expect(judge(single(amd, d('amd')), withPods(d('index')))).toEqual({ identity: 'unverified' });
  });

  const parts = { [amd]: d('amd'), [arm]: d('arm') };
  const onlyArm = single(arm, d('arm'));

  test.each([
    ['its part of the known index', single(amd, d('amd')), [index('index', parts)], 'same'],
    [
      'another build than its part of the known index',
      single(amd, d('x')),
      [index('index', parts)],
      'different',
    ],
    [
      'a platform that the known index lacks',
      single('linux/s390x', d('x')),
      [index('index', parts)],
      'different',
    ],
    ['a platform of which the known manifest says nothing', single(amd, d('x')), [onlyArm], 'unverified'],
    ['an index that was made anew', index('trimmed', { [amd]: d('amd') }), [index('index', parts)], 'same'],
  ])('%s is told by what stands behind the digest', (_, copy, manifests, identity) => {
    const known = withPods(...manifests.flatMap(({ digest }) => digest ?? []));
    expect(judge(copy, { ...known, manifests }).identity).toBe(identity);
  });

  test('of two known digests one that nobody has may still hold it', () => {
    const known = withPods(d('index'), d('old'));
    const manifests = [index('index', parts)];
    expect(judge(single(amd, d('x')), { ...known, manifests }).identity).toBe('unverified');
  });

  test('what was only given the name on a node proves no copy, and refuses another', () => {
    const named = { ...withPods(), namedDigests: [d('index')] };
    expect(judge(original, named)).toEqual({ identity: 'unverified' });
    expect(judge(index('other', { [amd]: d('x') }), named)).toEqual({
      identity: 'different',
      comparedWith: 'node-image',
    });
    expect(judge(original, { ...named, knownDigests: [d('index')] }).identity).toBe('same');
  });

  test('no pod, no judgement', () => {
    expect(judge(original, withPods())).toEqual({ identity: 'unverified' });
  });
});

describe('agreement of mirrors', () => {
  const other = index('other', { [amd]: d('x') });
  const told = (...copies: [host: string, copy: Probe][]) =>
    agreement(
      copies.map(([host, it]) => ({ host, probe: it })),
      [amd],
    ).map(({ identity }) => identity);

  test('two hosts that agree outweigh one', () => {
    expect(told(['a', original], ['b', original], ['c', other], ['e', down])).toEqual([
      'same',
      'same',
      'different',
      'unverified',
    ]);
  });

  test('one host twice is one witness', () => {
    expect(told(['a', original], ['a', original])).toEqual(['unverified', 'unverified']);
  });

  test('two against two prove nothing, nor does one against one', () => {
    expect(new Set(told(['a', original], ['b', original], ['c', other], ['e', other]))).toEqual(
      new Set(['unverified']),
    );
    expect(new Set(told(['a', original], ['b', other]))).toEqual(new Set(['unverified']));
  });
});

describe('rankCopies', () => {
  const copy = (name: string, it: Probe) => ({
    mirror: name,
    reference: `${name}.corp/library/nginx:1`,
    probe: it,
  });

  test('usable before not, same before unverified before different, then as configured', () => {
    const ranked = rankCopies(
      [
        copy('absent', probe(undefined, { outcome: 'absent' })),
        copy('different', index('other', { [amd]: d('x') })),
        copy('armonly', { ...index('trimmed', { [arm]: d('arm') }), outcome: 'platform-missing' }),
        copy('second', original),
        copy('third', original),
      ],
      facts,
    );
    expect(ranked.map(({ mirror, usable }) => [mirror, usable])).toEqual([
      ['second', true],
      ['third', true],
      ['absent', false],
      ['different', false],
      ['armonly', false],
    ]);
    expect(ranked.find(({ mirror }) => mirror === 'armonly')?.missingPlatforms).toEqual([amd]);
    expect(ranked.find(({ mirror }) => mirror === 'absent')?.missingPlatforms).toEqual([]);
  });

  test('mirrors are heard when nothing else bears witness', () => {
    const ranked = rankCopies([copy('a', original), copy('b', original)], { ...facts, origin: down });
    expect(ranked.map(({ comparedWith, usable }) => [comparedWith, usable])).toEqual([
      ['other-mirror', true],
      ['other-mirror', true],
    ]);
  });
});

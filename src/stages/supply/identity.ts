import { platformMatches, type Reference } from '../../core/image/index.ts';
import type { Candidate, Identity, Probe } from '../../core/model/index.ts';

/** What is known about a copy being the same image, and from what. */
export type Judgement = Pick<Candidate, 'identity' | 'comparedWith'>;

export type IdentityFacts = {
  readonly image: Reference;
  readonly origin: Probe;
  /** `imageID`s or digests that pods of this cluster ran the image with. */
  readonly knownDigests: readonly string[];
  /** Digests that somebody says the image has, from a machine that reaches its registry. */
  readonly givenDigests?: readonly string[];
  /** Digests of what nodes got under another name and keep under this one: no proof, but a reason to refuse others. */
  readonly namedDigests?: readonly string[];
  /** What stands behind digests that the image is known by, as far as somebody has it. */
  readonly manifests?: readonly Probe[];
  /** Platforms that matter; empty: all. */
  readonly platforms: readonly string[];
};

const unverified: Judgement = { identity: 'unverified' };

/**
 * Is a copy the same image. By the strongest witness that there is: the digest in the name, the origin, pods that
 * ran it. Mirrors bear witness for one another in `agreement`.
 */
export function judge(copy: Probe, facts: IdentityFacts): Judgement {
  if (facts.image.digest !== undefined) return judgePinned(copy);
  if (copy.digest === undefined) return unverified;
  const { origin, platforms } = facts;
  if (origin.digest !== undefined) {
    return { identity: compare(copy, origin, platforms), comparedWith: 'origin' };
  }
  const given = judgeByDigests(copy, facts.givenDigests ?? [], 'known-digest', facts);
  if (given.comparedWith !== undefined) return given;
  const ran = judgeByDigests(copy, facts.knownDigests, 'running-pod', facts);
  if (ran.comparedWith !== undefined || facts.knownDigests.length > 0) return ran;
  // The name was given by hand, perhaps to this very copy: being alike proves nothing.
  const named = judgeByDigests(copy, facts.namedDigests ?? [], 'node-image', facts);
  return named.identity === 'different' ? named : unverified;
}

/** All digests that the image is known by, whoever tells them. */
export function digestsKnown({
  givenDigests = [],
  knownDigests,
  namedDigests = [],
}: IdentityFacts): readonly string[] {
  return [...new Set([...givenDigests, ...knownDigests, ...namedDigests].map(bare))];
}

/** The registry was asked for exactly these bytes, and they were checked. */
function judgePinned({ digest, outcome }: Probe): Judgement {
  if (digest !== undefined) return { identity: 'same', comparedWith: 'pinned' };
  return outcome === 'digest-mismatch' ? { identity: 'different', comparedWith: 'pinned' } : unverified;
}

/**
 * A runtime tells the digest of the index or that of its platform, and not which of them it is. So an index that
 * holds neither is another image, but a single manifest that is not the digest may still be a part of that index: only
 * where somebody has what the digest stands for can it be told.
 */
function judgeByDigests(
  copy: Probe,
  knownDigests: readonly string[],
  comparedWith: Candidate['comparedWith'] & string,
  { manifests = [], platforms }: Pick<IdentityFacts, 'manifests' | 'platforms'>,
): Judgement {
  const known = knownDigests.map(bare);
  if (known.length === 0) return unverified;
  const offered = [copy.digest, ...Object.values(copy.platformDigests)];
  if (known.some((digest) => offered.includes(digest))) return { identity: 'same', comparedWith };
  const behind = manifests.filter(({ digest }) => digest !== undefined && known.includes(digest));
  if (behind.some((one) => compare(copy, one, platforms) === 'same'))
    return { identity: 'same', comparedWith };
  const isAnother = isIndex(copy) || (behind.length === known.length && behind.every(tellsOf(copy)));
  return isAnother ? { identity: 'different', comparedWith } : unverified;
}

/** A single manifest says nothing of other platforms of its image; an index has them all. */
function tellsOf({ platforms: [platform] }: Probe): (manifest: Probe) => boolean {
  return (manifest) => platform !== undefined && (isIndex(manifest) || manifest.platforms.includes(platform));
}

function bare(digest: string): string {
  return digest.slice(digest.lastIndexOf('@') + 1);
}

/**
 * For copies that nothing else vouches for: those that at least two hosts agree on are the same image, and then the
 * others are not. Two opinions of equal weight prove nothing.
 */
export function agreement(
  copies: readonly { readonly host: string; readonly probe: Probe }[],
  platforms: readonly string[],
): readonly Judgement[] {
  const groups: (typeof copies)[number][][] = [];
  for (const copy of copies.filter(({ probe }) => probe.digest !== undefined)) {
    const alike = groups.find(([first]) => first && compare(copy.probe, first.probe, platforms) === 'same');
    if (alike === undefined) groups.push([copy]);
    else alike.push(copy);
  }
  const agreed = groups.filter((group) => new Set(group.map(({ host }) => host)).size > 1);
  const [sole] = agreed;
  if (agreed.length !== 1 || sole === undefined) return copies.map(() => unverified);
  return copies.map((copy) => {
    if (copy.probe.digest === undefined) return unverified;
    return { identity: sole.includes(copy) ? 'same' : 'different', comparedWith: 'other-mirror' };
  });
}

/**
 * Index with index and platform with platform. A copy may hold fewer platforms than the original (Harbor trims
 * indexes, some tools write them anew), so equal manifests of the platforms that matter are enough.
 */
export function compare(a: Probe, b: Probe, platforms: readonly string[]): Identity {
  if (a.digest === b.digest) return 'same';
  const [ofA, ofB] = [manifestsOf(a), manifestsOf(b)];
  const common = Object.keys(ofA).filter((it) => ofB[it] !== undefined && matters(it, platforms));
  const equal = common.length > 0 && common.every((platform) => ofA[platform] === ofB[platform]);
  return equal ? 'same' : 'different';
}

function manifestsOf(probe: Probe): Readonly<Record<string, string>> {
  if (isIndex(probe)) return probe.platformDigests;
  const [platform] = probe.platforms;
  return platform === undefined || probe.digest === undefined ? {} : { [platform]: probe.digest };
}

function isIndex(probe: Probe): boolean {
  return Object.keys(probe.platformDigests).length > 0;
}

function matters(platform: string, platforms: readonly string[]): boolean {
  return platforms.length === 0 || platforms.some((needed) => platformMatches(needed, platform));
}

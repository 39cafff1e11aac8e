import { parseReference } from '../../core/image/index.ts';
import type { Mirror, Probe } from '../../core/model/index.ts';
import type { Ask } from './host-queues.ts';
import { digestsKnown, type IdentityFacts } from './identity.ts';

type Copy = { readonly mirror: Mirror; readonly reference: string; readonly probe: Probe };

/** An image is known by one digest, or a few after its tag moved; each costs a request or two. */
const mostDigests = 4;

/**
 * What stands behind the digests that the image is known by, where a mirror has it: a digest is its own proof, whoever
 * gives the bytes. It tells the platforms of a known index, and so whether a copy that is no index is a part of it.
 * Nothing is asked where the origin tells, or where every copy has a known digest itself.
 */
export async function knownManifests(
  copies: readonly Copy[],
  facts: IdentityFacts,
  ask: (request: Ask) => Promise<Probe>,
): Promise<readonly Probe[]> {
  const digests = digestsKnown(facts).slice(0, mostDigests);
  if (digests.length === 0 || facts.image.digest !== undefined || facts.origin.digest !== undefined)
    return [];
  const seen = copies.map(({ probe }) => probe).filter(({ digest }) => digest !== undefined);
  const there = seen.filter(({ digest }) => digests.includes(digest ?? ''));
  const isOpen = seen.some((probe) => !isKnown(probe, digests));
  const missing = digests.filter((digest) => there.every((probe) => probe.digest !== digest));
  if (!isOpen) return there;
  const found = await Promise.all(missing.map(async (digest) => await firstWith(digest, copies, ask)));
  return [...there, ...found.filter((probe) => probe !== undefined)];
}

async function firstWith(
  digest: string,
  copies: readonly Copy[],
  ask: (request: Ask) => Promise<Probe>,
): Promise<Probe | undefined> {
  for (const { mirror, reference, probe } of copies) {
    if (probe.digest === undefined) continue;
    const { registry, repository } = parseReference(reference);
    const found = await ask({ reference: { registry, repository, digest }, mirror, platforms: [] });
    if (found.digest === digest) return found;
  }
  return undefined;
}

function isKnown({ digest, platformDigests }: Probe, digests: readonly string[]): boolean {
  return [digest, ...Object.values(platformDigests)].some(
    (one) => one !== undefined && digests.includes(one),
  );
}

import { referrersTag, type Manifest } from '../../core/image/index.ts';
import type { ManifestContent, Repository } from './types.ts';

type Fetched = ManifestContent & { readonly manifest: Manifest };

/** cosign before OCI 1.1 keeps what it says about an image under tags (sigstore/cosign, specs/SIGNATURE_SPEC.md). */
const cosignSuffixes = ['.sig', '.att', '.sbom'];
/** A signature of an SBOM of an image is two deep; nothing known goes deeper. */
const deepest = 3;

/** Brings what a manifest names, and puts it under a tag or its digest. */
export type BringManifest = (manifest: Fetched, name: string) => Promise<void>;

/**
 * Copies what refers to an image and its platforms. True when the target lacked some of it.
 *
 * @param image the image or index, as it is or will be at the target.
 */
export async function bringReferrers(
  image: Pick<Fetched, 'digest' | 'manifest'>,
  source: Repository,
  target: Repository,
  bring: BringManifest,
): Promise<boolean> {
  const { digest, manifest } = image;
  const children = manifest.kind === 'index' ? manifest.manifests.map((child) => child.digest) : [];
  let changed = false;
  // One after another: the list of a subject is read and written, and most images have none.
  for (const subject of [digest, ...children]) {
    const tagged = await bringTagged(subject, source, target, bring);
    const listed = await bringListed(subject, source, target, bring, deepest);
    changed ||= tagged || listed;
  }
  return changed;
}

async function bringListed(
  subject: string,
  source: Repository,
  target: Repository,
  bring: BringManifest,
  depth: number,
): Promise<boolean> {
  if (depth === 0) return false;
  const there = new Set((await target.listReferrers(subject)).map(({ digest }) => digest));
  let changed = false;
  for (const { digest } of await source.listReferrers(subject)) {
    changed = (await bringListed(digest, source, target, bring, depth - 1)) || changed;
    if (there.has(digest)) continue;
    await bring(await source.getManifest(digest), digest);
    changed = true;
  }
  return changed;
}

async function bringTagged(
  subject: string,
  source: Repository,
  target: Repository,
  bring: BringManifest,
): Promise<boolean> {
  let changed = false;
  for (const suffix of cosignSuffixes) {
    const tag = `${referrersTag(subject)}${suffix}`;
    const head = await source.headManifest(tag);
    if (head === undefined || (await target.headManifest(tag))?.digest === head.digest) continue;
    await bring(await source.getManifest(head.digest), tag);
    changed = true;
  }
  return changed;
}

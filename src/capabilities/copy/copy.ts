import pLimit from 'p-limit';
import { PullmendError } from '../../core/base/index.ts';
import {
  formatAddress,
  formatPlatform,
  isLocal,
  type Descriptor,
  type ImageAddress,
  type Manifest,
} from '../../core/image/index.ts';
import { BlobPlacer } from './blobs.ts';
import { withPlatforms } from './platforms.ts';
import { bringReferrers } from './referrers.ts';
import type {
  CopyDeps,
  CopyOptions,
  CopyPair,
  CopyReport,
  CopyResult,
  ManifestContent,
  Repository,
} from './types.ts';

/** Images in work at one time: enough that a far registry's answers are never waited for one by one. */
const imagesAtOnce = 48;
/** Indexes in indexes; one that holds itself cannot be made, but a registry may lie. */
const deepestIndex = 4;
/** Children of one index; the largest known have some dozens. */
const mostChildren = 1000;

type Work = {
  readonly blobs: BlobPlacer;
  /** Parts of indexes that are on their way, by target repository and digest: images share them, an index may repeat them. */
  readonly children: Map<string, Promise<void>>;
  readonly options: CopyOptions;
  readonly deps: CopyDeps;
};
type Fetched = ManifestContent & { readonly manifest: Manifest };

/**
 * Copies images byte for byte. An image that the target has already costs one HEAD on each side. Manifests come after
 * all that they name, tags last, so that no tag ever leads to something incomplete. A failed image does not stop
 * the others; it is in the report.
 */
export async function copyImages(
  pairs: readonly CopyPair[],
  options: CopyOptions,
  deps: CopyDeps,
): Promise<CopyReport> {
  if (options.platforms.length > 0) refusePinned(pairs);
  const started = deps.now();
  const work: Work = { blobs: new BlobPlacer(deps), children: new Map(), options, deps };
  const limit = pLimit(imagesAtOnce);
  let done = 0;
  const results = await limit.map(pairs, async (pair) => {
    const result = await copyOne(pair, work);
    done += 1;
    deps.onEvent({ type: 'result', result, done, total: pairs.length });
    return result;
  });
  return { results, totals: work.blobs.totals, seconds: (deps.now() - started) / 1000 };
}

function refusePinned(pairs: readonly CopyPair[]): void {
  const pinned = pairs.find(({ source, target }) => (source.digest ?? target.digest) !== undefined);
  if (pinned === undefined) return;
  throw new PullmendError('PM_PLATFORM_CHANGES_DIGEST', { image: formatAddress(pinned.source) });
}

async function copyOne(pair: CopyPair, work: Work): Promise<CopyResult> {
  const { mirror } = pair;
  const names = {
    source: formatAddress(pair.source),
    target: formatAddress(pair.target),
    ...(mirror !== undefined && { mirror }),
  };
  try {
    work.deps.signal.throwIfAborted();
    return { ...names, ...(await copied(pair, work)) };
  } catch (error) {
    if (!(error instanceof PullmendError)) throw error;
    return { ...names, state: 'failed', error };
  }
}

async function copied(pair: CopyPair, work: Work): Promise<Omit<CopyResult, 'source' | 'target' | 'mirror'>> {
  const { open } = work.deps;
  const source = open(pair.source, 'source');
  const target = open(pair.target, 'target');
  const [digest, there] = await Promise.all([
    digestAt(source, pair.source),
    target.headManifest(nameIn(pair.target)).then((head) => head?.digest),
  ]);
  if (digest === there) {
    return { state: (await withReferrers(there, source, target, work)) ? 'copied' : 'unchanged', digest };
  }
  const whole = await source.getManifest(digest);
  const top = withPlatforms(whole, work.options.platforms, pair.source);
  const changed = top.digest === digest ? {} : { sourceDigest: digest };
  if (top.digest === there) {
    const state = (await withReferrers(there, source, target, work)) ? 'copied' : 'unchanged';
    return { state, digest: top.digest, ...changed };
  }
  refuseSeveral(pair.target, top);
  if (work.options.dryRun) return { state: 'would-copy', digest: top.digest, ...changed };
  await bringContent(top, source, target, work, deepestIndex);
  await withReferrers(top, source, target, work);
  await target.putManifest(pair.target.tag ?? top.digest, top);
  return { state: 'copied', digest: top.digest, ...changed };
}

/** The digest that a name leads to; a pinned one needs no question. */
async function digestAt(source: Repository, reference: ImageAddress): Promise<string> {
  if (reference.digest !== undefined) return reference.digest;
  const name = nameIn(reference);
  return (await source.headManifest(name))?.digest ?? (await source.getManifest(name)).digest;
}

/** The name below its repository; on this machine the empty name means the only image. */
function nameIn(address: ImageAddress): string {
  return address.digest ?? address.tag ?? (isLocal(address) ? '' : 'latest');
}

/** `docker save` has no way to write an image of several platforms. Throws PM_ARCHIVE_ONE_PLATFORM. */
function refuseSeveral(target: ImageAddress, { manifest }: Fetched): void {
  if (!isLocal(target) || target.form !== 'docker-archive' || manifest.kind === 'image') return;
  const platforms = manifest.manifests.flatMap(({ platform }) => platform ?? []).map(formatPlatform);
  if (platforms.length === 1) return;
  throw new PullmendError('PM_ARCHIVE_ONE_PLATFORM', { place: formatAddress(target), platforms });
}

/** What refers to an image, when that is wanted; of an image that is there the target tells the platforms. */
async function withReferrers(
  image: string | Fetched,
  source: Repository,
  target: Repository,
  work: Work,
): Promise<boolean> {
  const { referrers = false, dryRun } = work.options;
  if (!referrers || dryRun) return false;
  const top = typeof image === 'string' ? await target.getManifest(image) : image;
  return await bringReferrers(top, source, target, async (manifest, name) => {
    await bringContent(manifest, source, target, work, deepestIndex);
    await target.putManifest(name, manifest);
  });
}

/** All that a manifest names, so that the manifest itself may follow. */
async function bringContent(
  { manifest }: Fetched,
  source: Repository,
  target: Repository,
  work: Work,
  depth: number,
): Promise<void> {
  if (manifest.kind === 'image') {
    const blobs = [manifest.config, ...manifest.layers].filter((blob) => !isForeign(blob));
    refuseTwoSizes(blobs, source);
    await allSettled(blobs.map((blob) => work.blobs.place(blob, source, target)));
    return;
  }
  if (depth === 0 || manifest.manifests.length > mostChildren) {
    throw new PullmendError('PM_MIRROR_NOT_A_REGISTRY', { who: source.registry }, { where: source.name });
  }
  await allSettled(
    manifest.manifests.map(async (listed) => {
      const { digest } = listed;
      const key = `${target.name} ${digest}`;
      const known = work.children.get(key);
      if (known !== undefined) return await known;
      const brought = bringChild(listed, source, target, work, depth - 1);
      work.children.set(key, brought);
      // Another source may have what this one has not.
      brought.catch(() => work.children.delete(key));
      await brought;
    }),
  );
}

async function bringChild(
  { digest, size }: Descriptor,
  source: Repository,
  target: Repository,
  work: Work,
  depth: number,
): Promise<void> {
  const child = await source.getManifest(digest);
  if (child.bytes.byteLength !== size) throw contradiction(source, digest, [size, child.bytes.byteLength]);
  await bringContent(child, source, target, work, depth);
  await target.putManifest(digest, child);
}

/** One digest has one size; a manifest that tells two was made to deceive whoever reads by size. */
function refuseTwoSizes(blobs: readonly Descriptor[], source: Repository): void {
  const sizes = new Map<string, number>();
  for (const { digest, size } of blobs) {
    const known = sizes.get(digest) ?? size;
    if (known !== size) throw contradiction(source, digest, [known, size]);
    sizes.set(digest, size);
  }
}

function contradiction({ registry, name }: Repository, digest: string, sizes: readonly number[]) {
  const where = `${name}@${digest}: ${sizes.join(' bytes, and ')} bytes`;
  return new PullmendError('PM_REGISTRY_DIGEST_MISMATCH', { who: registry }, { where });
}

/** Waits for all, also after a failure: nothing may go on behind the back of the report. */
async function allSettled(works: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find((it) => it.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Layers that are had from elsewhere and may not be given on (Windows base images; OCI image-spec, layer.md). */
function isForeign({ mediaType }: Descriptor): boolean {
  return mediaType.includes('.foreign.') || mediaType.includes('.nondistributable.');
}

import { openJournal, writeFileAtomic } from '../../adapters/files/index.ts';
import {
  openBundle,
  openBundleTarget,
  type Bundle,
  type BundleFault,
  type BundleSource,
} from '../../adapters/oci/index.ts';
import {
  isLocal,
  isReferrersTag,
  parseReference,
  repositoryName,
  type Reference,
} from '../../core/image/index.ts';
import { diffBundles, type BundleDiff } from './diff.ts';
import { readHave } from './have.ts';
import {
  type CopierOptions,
  type CopyHint,
  type CopyOptions,
  type CopyReport,
  openCopying,
} from '../copy/index.ts';

export type { Bundle, BundleDiff, BundleFault };

export type BundleOptions = Pick<CopyOptions, 'platforms' | 'referrers'> & {
  /** Path and name, without ending. */
  readonly out: string;
  /** Bytes; the largest a volume gets. */
  readonly volumeSize: number;
  readonly have?: HaveFile | undefined;
};

/** Text and name of a file that lists what the far side has: the index of a bundle, or digests. */
export type HaveFile = { readonly text: string; readonly file: string };

/** Makes bundles and brings them home. Every method may throw PullmendError. */
export type Bundler = {
  /** The images of a list as plain references; destinations in it mean nothing here. */
  readonly list: (text: string, file: string) => Promise<readonly Reference[]>;
  /** The bundle is absent when an image failed: the next run goes on then. */
  readonly create: (
    images: readonly Reference[],
    options: BundleOptions,
  ) => Promise<{ readonly report: CopyReport; readonly bundle?: Bundle }>;
  /** `to`: a writable mirror by its name, or a registry and path. */
  readonly load: (path: string, to: string, options: { readonly dryRun: boolean }) => Promise<CopyReport>;
  readonly verify: (
    path: string,
  ) => Promise<{ readonly bundle: Bundle; readonly faults: readonly BundleFault[] }>;
  /** What a bundle brings beyond what another one, or the list of a place, has. */
  readonly diff: (before: string | HaveFile, after: string) => Promise<BundleDiff>;
  readonly close: () => Promise<void>;
};

export async function createBundler(options: CopierOptions): Promise<Bundler> {
  const copying = await openCopying(options);
  return {
    list: copying.sources,
    create: async (images, bundleOptions) => {
      const { out, volumeSize, have, platforms } = bundleOptions;
      const known = have === undefined ? new Map() : readHave(have.text, have.file).blobs;
      const disk = { writeFile: writeFileAtomic, openJournal };
      const choice = platforms.toSorted().join(' ');
      const target = await openBundleTarget({ base: baseOf(out), volumeSize, have: known, choice }, disk);
      try {
        const pairs = images.map((source) => ({ source, target: source }));
        const report = await copying.copy(
          pairs,
          { ...bundleOptions, dryRun: false },
          {
            target: (reference) => target.repository(reference),
            job: `bundle ${out}`,
          },
        );
        const failed = report.results.some(({ state }) => state === 'failed');
        return { report, ...(!failed && images.length > 0 && { bundle: await target.finish() }) };
      } finally {
        await target.close();
      }
    },
    load: async (path, to, { dryRun }) => {
      const source = await openBundle(path);
      const { images, needs } = source.bundle;
      const references = images
        .filter(({ name }) => !isReferrersTag(name))
        .map(({ name }) => parseReference(name));
      const hints: CopyHint[] = [];
      for (const { digest, in: holder } of needs) {
        const [pair] = holder === undefined ? [] : await copying.below(to, [parseReference(holder)]);
        if (pair === undefined || isLocal(pair.target)) continue;
        hints.push({ type: 'placed', digest, repository: repositoryName(pair.target) });
      }
      const copyOptions = { platforms: [], dryRun, referrers: images.length > references.length };
      return await copying.copy(await copying.below(to, references), copyOptions, {
        source: (reference) => source.repository(reference),
        hints,
        job: `bundle ${source.bundle.id}`,
      });
    },
    verify: async (path) => {
      const source = await openBundle(path);
      return { bundle: source.bundle, faults: await source.verify() };
    },
    diff: async (before, after) => {
      const { blobs, images } = inventoryOf((await openBundle(after)).bundle);
      const known =
        typeof before === 'string'
          ? inventoryOf((await openBundle(before)).bundle)
          : readHave(before.text, before.file);
      return diffBundles(known, { blobs, images });
    },
    close: copying.close,
  };
}

function baseOf(out: string): string {
  return out.replace(/\.json$/, '');
}

function inventoryOf({ images, blobs }: BundleSource['bundle']) {
  return {
    images: new Map(
      images.filter(({ name }) => !isReferrersTag(name)).map(({ name, digest }) => [name, digest]),
    ),
    blobs: new Map(blobs.map(({ digest, size }) => [digest, size])),
  };
}

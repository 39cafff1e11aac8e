import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PullmendError } from '../../../core/base/index.ts';
import {
  digestOf,
  formatReferrers,
  isDigest,
  isReferrersTag,
  mediaType,
  readReferrers,
  referrerOf,
  referrersTag,
  repositoryName,
  withReferrer,
  type Referrer,
  type Reference,
} from '../../../core/image/index.ts';
import { blobPath, readFileFrom } from '../local/content.ts';
import type { Disk } from '../local/disk.ts';
import { ingestBlob } from '../local/ingest.ts';
import { layoutFile, layoutText, indexFile } from '../local/layout-index.ts';
import { layoutReader } from '../local/layout.ts';
import type { FetchedManifest } from '../remote/manifest.ts';
import type { ImageRepository, ManifestContent } from '../store.ts';
import { bundleContent, layoutIndexOf } from './content.ts';
import { formatBundle, type Bundle, type BundledImage } from './format.ts';
import { BundleWriter, partialFolder, type BundleWriterOptions } from './writer.ts';

/** A bundle that is being made: images are put into it as into a registry. */
export type BundleTarget = {
  readonly repository: (reference: Pick<Reference, 'registry' | 'repository'>) => ImageRepository;
  /** Writes the index, which makes it a bundle; what was named by an earlier, unfinished run alone is left out. */
  readonly finish: () => Promise<Bundle>;
  readonly close: () => Promise<void>;
};

export type BundleTargetOptions = Omit<BundleWriterOptions, 'key'> & {
  /** Blobs that the far side has, with a repository there where one is known. */
  readonly have: ReadonlyMap<string, string | undefined>;
  /** What else decides the content, e.g. the platforms; a run with another one begins anew. */
  readonly choice?: string;
};

/**
 * Begins a bundle, or goes on with one that a killed process left. Throws PM_BUNDLE_EXISTS, PM_FILE_UNWRITABLE,
 * PM_PLACE_IN_USE.
 */
export async function openBundleTarget(options: BundleTargetOptions, disk: Disk): Promise<BundleTarget> {
  const { base, have, choice = '' } = options;
  const indexPath = `${base}.json`;
  const exists = await access(indexPath).then(
    () => true,
    () => false,
  );
  if (exists) throw new PullmendError('PM_BUNDLE_EXISTS', { file: indexPath });
  const key = digestOf(Buffer.from([choice, ...[...have.keys()].toSorted()].join('\n')));
  const writer = await BundleWriter.open({ ...options, key }, disk);
  const making = new Making(writer, base, have);
  return {
    repository: (reference) => making.repository(repositoryName(reference)),
    finish: async () => {
      const images = making.named();
      await writer.finish({ [layoutFile]: layoutText, [indexFile]: layoutIndexOf(images) });
      const bundle = making.describe(images);
      const text = formatBundle(bundle);
      await disk.writeFile(indexPath, text);
      await writer.close();
      await rm(partialFolder(base), { recursive: true, force: true });
      return JSON.parse(text) as Bundle;
    },
    close: async () => await writer.close(),
  };
}

class Making {
  readonly #writer: BundleWriter;
  readonly #base: string;
  readonly #have: ReadonlyMap<string, string | undefined>;
  readonly #names = new Set<string>();
  readonly #needed = new Set<string>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(writer: BundleWriter, base: string, have: ReadonlyMap<string, string | undefined>) {
    this.#writer = writer;
    this.#base = base;
    this.#have = have;
  }

  repository(name: string): ImageRepository {
    const { blobs, images } = this.#writer;
    const full = (reference: string) => fullName(name, reference);
    return {
      name: `bundle/${name}`,
      registry: 'bundle',
      headManifest: async (reference) => {
        this.#names.add(full(reference));
        const digest = images.get(full(reference))?.digest;
        return digest === undefined ? undefined : { digest };
      },
      getManifest: async (reference) => await this.#get(images.get(full(reference))?.digest ?? reference),
      putManifest: async (reference, manifest) => {
        await this.#put(manifest, name);
        const found = referrerOf(manifest);
        if (found !== undefined) await this.#join(found.subject, found.referrer, name);
        // A pinned image has its digest for a name; children of an index have none, and are not asked for before.
        if (!isDigest(reference) || this.#names.has(full(reference))) this.#name(full(reference), manifest);
      },
      listTags: async () => [...images.keys()],
      listReferrers: async (digest) => await this.#listReferrers(digest),
      hasBlob: async (digest) => {
        if (blobs.has(digest)) return true;
        if (!this.#have.has(digest)) return false;
        this.#needed.add(digest);
        return true;
      },
      readBlob: (blob, from = 0) => this.#reader().readBlob(blob, from),
      pushBlob: async (blob, open) => {
        const staging = partialFolder(this.#base);
        await ingestBlob(staging, blob, open);
        const path = join(staging, blobPath(blob.digest));
        const shrink = !(await isPacked(path));
        await this.#writer.add(blob, { repository: name, shrink }, () => readFileFrom(path));
        await rm(path, { force: true });
        return 'sent';
      },
      mountBlob: async (digest) => blobs.has(digest) || this.#have.has(digest),
      deleteManifest: async () => {
        throw new Error('a bundle only grows');
      },
    };
  }

  /** Images that this run asked for, and the lists of what refers to them. */
  named(): readonly BundledImage[] {
    const all = [...this.#writer.images.values()];
    return all
      .filter(({ name }) => this.#names.has(name) || isReferrersTag(name))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  describe(images: readonly BundledImage[]): Omit<Bundle, 'apiVersion' | 'kind' | 'format'> {
    const { id, volumes, blobs } = this.#writer;
    const needs = [...this.#needed].toSorted().map((digest) => {
      const holder = this.#have.get(digest);
      return { digest, ...(holder !== undefined && { in: holder }) };
    });
    return { id, images: [...images], volumes, blobs: [...blobs.values()], needs };
  }

  async #put({ digest, bytes }: ManifestContent, repository: string): Promise<void> {
    const blob = { digest, size: bytes.byteLength };
    await this.#writer.add(blob, { repository, shrink: true }, async function* () {
      yield bytes;
    });
  }

  #name(name: string, { digest, mediaType: type, bytes }: ManifestContent): void {
    this.#writer.name({ name, digest, mediaType: type, size: bytes.byteLength });
  }

  async #join(subject: string, referrer: Referrer, repository: string): Promise<void> {
    const turn = this.#turn.then(async () => {
      const bytes = formatReferrers(withReferrer(await this.#listReferrers(subject), referrer));
      const list = { mediaType: mediaType.ociIndex, bytes, digest: digestOf(bytes) };
      await this.#put(list, repository);
      this.#name(referrersTag(subject), list);
    });
    this.#turn = turn.catch(() => undefined);
    await turn;
  }

  async #listReferrers(digest: string): Promise<readonly Referrer[]> {
    const list = this.#writer.images.get(referrersTag(digest));
    return list === undefined ? [] : (readReferrers((await this.#get(list.digest)).bytes) ?? []);
  }

  async #get(digest: string): Promise<FetchedManifest> {
    return await this.#reader().getManifest(digest);
  }

  #reader() {
    const { id, volumes, blobs } = this.#writer;
    return layoutReader(bundleContent({ id, base: this.#base, volumes, blobs, needs: new Set(), names: [] }));
  }
}

/** Lists of referrers are about a digest, wherever it is; everything else has its repository before it. */
export function fullName(repository: string, reference: string): string {
  if (isReferrersTag(reference) && !reference.includes('.')) return reference;
  return `${repository}${isDigest(reference) ? '@' : ':'}${reference}`;
}

/** Layers are compressed as a rule; what begins like gzip, zstd or xz does not get smaller. */
async function isPacked(path: string): Promise<boolean> {
  for await (const chunk of readFileFrom(path, 0, 6)) {
    return /^(?:1f8b|28b52ffd|fd377a585a00)/.test(Buffer.from(chunk).toString('hex'));
  }
  return false;
}

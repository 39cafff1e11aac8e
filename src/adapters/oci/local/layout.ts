import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  digestOf,
  formatReferrers,
  isDigest,
  mediaType,
  readManifest,
  readReferrers,
  referrerOf,
  referrersTag,
  verifyDigest,
  withReferrer,
  type Referrer,
} from '../../../core/image/index.ts';
import { outcomeError } from '../../../core/knowledge/mirrors/index.ts';
import type { FetchedManifest } from '../remote/manifest.ts';
import type { ImageRepository, ManifestContent } from '../store.ts';
import { blobPath, folderContent, readChecked, readDocument, type Content } from './content.ts';
import { writing, type Disk } from './disk.ts';
import { ingestBlob, ingestFolder } from './ingest.ts';
import {
  emptyIndex,
  findEntry,
  indexFile,
  layoutFile,
  layoutText,
  nameOf,
  readLayoutIndex,
  withEntry,
  type LayoutIndex,
} from './layout-index.ts';
import { makeFolder, withLock } from '../../files/index.ts';

/** As much as registries take (`Limits.manifestBytes`). */
const maxManifestBytes = 4 * 1024 * 1024;

export type ImageReader = Omit<ImageRepository, 'putManifest' | 'deleteManifest' | 'pushBlob'>;

/** Reads the images of a layout. The empty reference means its only image. */
export function layoutReader(content: Content): ImageReader {
  const { place } = content;
  const absent = (what: string) => outcomeError('absent', { who: place, detail: `${place} → no ${what}` });

  async function digestAt(reference: string): Promise<string | undefined> {
    if (isDigest(reference)) {
      return (await content.size(blobPath(reference))) === undefined ? undefined : reference;
    }
    if ((await content.size(indexFile)) === undefined && (await content.size(layoutFile)) === undefined) {
      return undefined;
    }
    return findEntry(await readLayoutIndex(content), reference, place)?.digest;
  }

  async function getManifest(reference: string): Promise<FetchedManifest> {
    const digest = await digestAt(reference);
    if (digest === undefined) throw absent(reference === '' ? 'image' : reference);
    const path = blobPath(digest);
    const bytes = await readDocument(content, path, maxManifestBytes);
    const detail = `${place} ${path}`;
    if (!verifyDigest(bytes, digest)) throw outcomeError('digest-mismatch', { who: place, detail });
    const type = typeOf(bytes);
    const manifest = readManifest(bytes, type);
    if (manifest === undefined) throw outcomeError('not-a-registry', { who: place, detail });
    return { reference: `${place} ${reference}`, digest, mediaType: type, bytes, manifest, detail };
  }

  return {
    name: place,
    registry: place,
    headManifest: async (reference) => {
      const digest = await digestAt(reference);
      return digest === undefined ? undefined : { digest };
    },
    getManifest,
    listTags: async () => (await readLayoutIndex(content)).manifests.flatMap((entry) => nameOf(entry) ?? []),
    listReferrers: async (digest) => {
      const list = await digestAt(referrersTag(digest));
      return list === undefined ? [] : (readReferrers((await getManifest(list)).bytes) ?? []);
    },
    hasBlob: async (digest) => (await content.size(blobPath(digest))) !== undefined,
    readBlob: (blob, from = 0) => readChecked(content, blob, from),
    // All repositories of a layout are one.
    mountBlob: async (digest) => (await content.size(blobPath(digest))) !== undefined,
  };
}

/** A folder in the OCI image layout, to read and to write; it is made by the first write. */
export function layoutRepository(
  folder: string,
  disk: Pick<Disk, 'writeFile'>,
  place = `oci:${folder}`,
): ImageRepository {
  const content = folderContent(folder, place);
  const reader = layoutReader(content);

  async function changeIndex(change: (index: LayoutIndex) => Promise<LayoutIndex>): Promise<void> {
    const path = join(folder, indexFile);
    await writing(path, async () => {
      await makeFolder(folder);
      await withLock(join(folder, '.index.lock'), async () => {
        const old =
          (await content.size(indexFile)) === undefined ? emptyIndex : await readLayoutIndex(content);
        if ((await content.size(layoutFile)) === undefined) {
          await disk.writeFile(join(folder, layoutFile), layoutText);
        }
        await disk.writeFile(path, JSON.stringify(await change(old)));
      });
    });
    await tidy(join(folder, ingestFolder));
  }

  async function name(reference: string, { digest, bytes, mediaType: type }: ManifestContent): Promise<void> {
    const entry = { mediaType: type, digest, size: bytes.byteLength };
    await changeIndex(async (index) => withEntry(index, entry, reference));
  }

  /** The list of referrers is read and written under one lock. */
  async function joinReferrers(subject: string, referrer: Referrer): Promise<void> {
    const tag = referrersTag(subject);
    await changeIndex(async (index) => {
      const bytes = formatReferrers(withReferrer(await reader.listReferrers(subject), referrer));
      const list = { mediaType: mediaType.ociIndex, bytes, digest: digestOf(bytes) };
      await putBytes(list);
      return withEntry(
        index,
        { mediaType: list.mediaType, digest: list.digest, size: bytes.byteLength },
        tag,
      );
    });
  }

  async function putBytes({ digest, bytes }: ManifestContent): Promise<void> {
    const blob = { digest, size: bytes.byteLength };
    await ingestBlob(folder, blob, async function* (from) {
      yield bytes.subarray(from);
    });
  }

  return {
    ...reader,
    async putManifest(reference, manifest) {
      await putBytes(manifest);
      const found = referrerOf(manifest);
      if (found !== undefined) await joinReferrers(found.subject, found.referrer);
      if (!isDigest(reference)) await name(reference, manifest);
    },
    async deleteManifest(reference) {
      const head = await reader.headManifest(reference);
      if (head === undefined)
        throw outcomeError('absent', { who: place, detail: `${place} → no ${reference}` });
      const gone = isDigest(reference)
        ? ({ digest }: { readonly digest: string }) => digest === reference
        : (entry: LayoutIndex['manifests'][number]) => nameOf(entry) === reference;
      await changeIndex(async (index) => ({
        ...index,
        manifests: index.manifests.filter((it) => !gone(it)),
      }));
      if (isDigest(reference)) await rm(join(folder, blobPath(reference)), { force: true });
    },
    pushBlob: async (blob, source) => {
      await ingestBlob(folder, blob, source);
      return 'sent';
    },
  };
}

/** Its own word, else what it looks like: the media type may be left out (OCI image-spec, manifest.md). */
function typeOf(bytes: Uint8Array): string {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return '';
  }
  if (typeof json !== 'object' || json === null) return '';
  if ('mediaType' in json && typeof json.mediaType === 'string') return json.mediaType;
  return 'manifests' in json ? mediaType.ociIndex : mediaType.ociManifest;
}

/** Takes away the folder of blobs on their way when none is. */
async function tidy(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => ['']);
  if (names.length === 0) await rmdir(folder).catch(() => undefined);
}

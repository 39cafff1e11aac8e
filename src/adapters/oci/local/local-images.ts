import { rm } from 'node:fs/promises';
import { isDigest, isReferrersTag, type LocalImage } from '../../../core/image/index.ts';
import type { ImageRepository } from '../store.ts';
import { openArchive, type Archive } from './archive.ts';
import type { Disk } from './disk.ts';
import { dockerContent } from './docker-archive.ts';
import { layoutReader, layoutRepository, type ImageReader } from './layout.ts';
import { packDocker, packLayout } from './pack.ts';

/** Images in folders and files of this machine. */
export type LocalImages = {
  /** Where an image lies or shall lie. The empty reference means the only image there. */
  readonly repository: (
    image: Pick<LocalImage, 'form' | 'path'>,
    use: 'source' | 'target',
  ) => ImageRepository;
  /** Writes the archives that images were put into. Until then, and after a kill, they lie in `FILE.partial`. */
  readonly finish: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** What an archive is made from: a folder beside it. */
type Staged = {
  readonly form: LocalImage['form'];
  readonly path: string;
  readonly folder: string;
  readonly repository: ImageRepository;
  /** What was put by this process; a killed one may have left other images. */
  readonly names: Set<string>;
};

export function openLocalImages(disk: Disk): LocalImages {
  const archives: Promise<Archive>[] = [];
  const staged = new Map<string, Staged>();
  const opened = new Map<string, ImageRepository>();

  function open(
    { form, path }: Pick<LocalImage, 'form' | 'path'>,
    use: 'source' | 'target',
  ): ImageRepository {
    if (form === 'oci') return layoutRepository(path, disk);
    const place = `${form}:${path}`;
    if (use === 'target') {
      const folder = `${path}.partial`;
      const repository = layoutRepository(folder, disk, place);
      const archive = { form, path, folder, repository, names: new Set<string>() };
      staged.set(place, archive);
      return putAnew(archive);
    }
    return deferred(place, async () => {
      const archive = openArchive(path, place);
      archives.push(archive);
      return layoutReader(form === 'oci-archive' ? await archive : await dockerContent(await archive));
    });
  }

  return {
    repository: (image, use) => {
      const key = `${use} ${image.form} ${image.path}`;
      const repository = opened.get(key) ?? open(image, use);
      opened.set(key, repository);
      return repository;
    },
    finish: async () => {
      for (const { form, path, folder, repository, names } of staged.values()) {
        if (names.size === 0) continue;
        for (const name of await repository.listTags()) {
          if (!names.has(name) && !isReferrersTag(name)) await repository.deleteManifest(name);
        }
        const pack = form === 'oci-archive' ? packLayout : packDocker;
        await pack(folder, repository, path);
        await rm(folder, { recursive: true, force: true });
      }
      staged.clear();
    },
    close: async () => {
      const done = await Promise.allSettled(archives);
      await Promise.all(
        done.map(async (it) => (it.status === 'fulfilled' ? await it.value.close() : undefined)),
      );
    },
  };
}

/** An archive is always written anew, so every image is put again; its blobs may be there already. */
function putAnew({ repository, names }: Staged): ImageRepository {
  return {
    ...repository,
    headManifest: async (reference) =>
      isDigest(reference) ? await repository.headManifest(reference) : undefined,
    putManifest: async (reference, manifest) => {
      await repository.putManifest(reference, manifest);
      if (!isDigest(reference)) names.add(reference);
    },
  };
}

/** A repository that is opened when something is asked of it; nothing can be put into it. */
function deferred(place: string, open: () => Promise<ImageReader>): ImageRepository {
  let opening: Promise<ImageReader> | undefined;
  const reader = async () => await (opening ??= open());
  const refuse = async () => {
    throw new Error(`${place} is open for reading`);
  };
  return {
    name: place,
    registry: place,
    headManifest: async (reference) => await (await reader()).headManifest(reference),
    getManifest: async (reference) => await (await reader()).getManifest(reference),
    listTags: async () => await (await reader()).listTags(),
    listReferrers: async (digest) => await (await reader()).listReferrers(digest),
    hasBlob: async (digest) => await (await reader()).hasBlob(digest),
    async *readBlob(blob, from) {
      yield* (await reader()).readBlob(blob, from);
    },
    mountBlob: async (digest, from) => await (await reader()).mountBlob(digest, from),
    putManifest: refuse,
    deleteManifest: refuse,
    pushBlob: refuse,
  };
}

import { findFiles, readTextFile, type FindOptions } from '../../../adapters/files/index.ts';
import type { ImagesOfFile, Inventory, SourceFile } from '../../../core/model/index.ts';
import { imagesIn } from './images-in.ts';
import { asTemplate, refuseObjectless, refuseRepeatedKeys, refuseTemplate } from './refuse.ts';

export const manifestEndings = ['.yaml', '.yml', '.json'];

/**
 * Every image that manifests bring into a pod, with its exact position. Paths are files or folders.
 * Errors: PM_FILE_UNREADABLE, PM_FILE_BROKEN, PM_TO_BE_RENDERED, PM_NOT_A_MANIFEST, PM_FILE_REPEATED_KEY.
 */
export async function fromFiles(paths: readonly string[], options: FindOptions = {}): Promise<Inventory> {
  const found = await readManifests(paths, options);
  refuseObjectless(paths, found);
  refuseRepeatedKeys(found);
  return {
    nodes: 0,
    failures: [],
    workloads: [],
    platforms: [],
    knownDigests: {},
    usages: found.flatMap(({ usages }) => usages),
    files: found.filter(({ usages }) => usages.length > 0).map(({ file }) => file),
  };
}

async function readManifests(
  paths: readonly string[],
  options: FindOptions,
): Promise<readonly ImagesOfFile[]> {
  const found: ImagesOfFile[] = [];
  const { files } = await findFiles(paths, manifestEndings, options);
  for (const path of files)
    found.push(readManifest(await readTextFile(path, { pipe: paths.includes(path) })));
  return found;
}

/** What a manifest holds. Errors: PM_FILE_BROKEN, PM_TO_BE_RENDERED. */
export function readManifest(file: SourceFile, how?: { readonly settings: boolean }): ImagesOfFile {
  try {
    const found = imagesIn(file, how);
    refuseTemplate(found);
    return found;
  } catch (error) {
    throw asTemplate(error, file);
  }
}

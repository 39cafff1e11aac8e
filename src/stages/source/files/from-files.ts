import { findFiles, readTextFile } from '../../../adapters/files/index.ts';
import type { ImagesOfFile, Inventory } from '../../../core/model/index.ts';
import { imagesIn } from './images-in.ts';

export const manifestEndings = ['.yaml', '.yml', '.json'];

/**
 * Every image that manifests bring into a pod, with its exact position. Paths are files or folders.
 * Errors: PM_FILE_UNREADABLE, PM_FILE_BROKEN.
 */
export async function fromFiles(paths: readonly string[]): Promise<Inventory> {
  const found = await readManifests(paths);
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

/** Every manifest below the paths, with what it holds. Errors: PM_FILE_UNREADABLE, PM_FILE_BROKEN. */
export async function readManifests(paths: readonly string[]): Promise<readonly ImagesOfFile[]> {
  const found: ImagesOfFile[] = [];
  for (const path of await findFiles(paths, manifestEndings)) found.push(imagesIn(await readTextFile(path)));
  return found;
}

import type { Inventory } from '../../../core/model/index.ts';
import { findFiles, type FindOptions } from '../../../adapters/files/index.ts';
import { readEach, type ReadText } from './read-each.ts';
import { refuseObjectless } from './refuse.ts';

export const manifestEndings = ['.yaml', '.yml', '.json'];

/**
 * Every image that manifests bring into a pod, with its exact position. Paths are files or folders, `-` is standard
 * input. What cannot be read is left out, and its error thrown where nothing else is there:
 * PM_FILE_UNREADABLE, PM_FILE_BROKEN, PM_TO_BE_RENDERED, PM_NOT_A_MANIFEST, PM_FILE_REPEATED_KEY.
 */
export async function fromFiles(
  paths: readonly string[],
  options: FindOptions & { readonly readStdin?: ReadText | undefined } = {},
): Promise<Inventory> {
  const named = paths.filter((path) => path !== '-');
  const found = [
    ...(named.length < paths.length ? ['-'] : []),
    ...(named.length === 0 ? [] : (await findFiles(named, manifestEndings, options)).files),
  ];
  const isNamed = (path: string): boolean => paths.includes(path);
  const { files: read } = await readEach(found, {
    settings: () => false,
    isNamed,
    readStdin: options.readStdin,
  });
  refuseObjectless(paths, read);
  // What is only to be copied, or must not be changed, is nobody's failure.
  const files = read.filter(({ copyList, sealed }) => copyList === undefined && sealed !== true);
  return {
    nodes: 0,
    failures: [],
    workloads: [],
    platforms: [],
    knownDigests: {},
    usages: files.flatMap(({ usages }) => usages),
    files: files.filter(({ usages }) => usages.length > 0).map(({ file }) => file),
  };
}

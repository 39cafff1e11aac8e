import { rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { makeTemporaryFolder } from '../../../adapters/files/index.ts';
import { buildKustomization, type BuildOptions } from '../../../adapters/kustomize/index.ts';
import { readYaml } from '../../../core/edit/index.ts';
import type { ImageListing } from '../../../core/model/index.ts';
import { imagesOfDocument } from '../images-of.ts';
import { copyKustomization, rootOf } from './copy-files.ts';
import { originsOf } from './origins.ts';
import { sourceFiles } from './source-files.ts';

/**
 * The images of what a kustomization makes, built with the real kustomize; each with the position in the source file
 * where the same image stands, as far as that can be told. Errors: PM_KUSTOMIZE_MISSING, PM_KUSTOMIZE_FAILED.
 */
export async function imagesOfKustomization(folder: string, options: BuildOptions): Promise<ImageListing> {
  const built = await build(resolve(folder), options);
  const originOf = await originsOf(folder);
  const found = readYaml(built, folder).map(({ value }) => imagesOfDocument(value));
  const usages = found.flatMap((each) => each.usages);
  return {
    groups: [
      {
        usages: usages.map((usage) => {
          const position = originOf(usage);
          return position === undefined ? usage : { ...usage, position };
        }),
        lookAlikes: found.flatMap(({ lookAlikes }) => lookAlikes),
      },
    ],
    notes: [],
  };
}

/** Charts are pulled beside the kustomization that names them: into a copy, since reading changes nothing. */
async function build(folder: string, options: BuildOptions): Promise<string> {
  if (options.enableHelm !== true) return await buildKustomization(folder, options);
  const copy = await makeTemporaryFolder('kustomize');
  try {
    const files = await sourceFiles(folder);
    await copyKustomization(files, copy);
    return await buildKustomization(join(copy, relative(rootOf(files).root, folder)), options);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

import { resolve } from 'node:path';
import { buildKustomization } from '../../../adapters/kustomize/index.ts';
import { readYaml } from '../../../core/edit/index.ts';
import type { ImageListing } from '../../../core/model/index.ts';
import { imagesOfDocument } from '../images-of.ts';
import { originsOf } from './origins.ts';

/**
 * The images of what a kustomization makes, built with the real kustomize; each with the position in the source file
 * where the same image stands, as far as that can be told. Errors: PM_KUSTOMIZE_MISSING, PM_KUSTOMIZE_FAILED.
 */
export async function imagesOfKustomization(
  folder: string,
  options: Parameters<typeof buildKustomization>[1],
): Promise<ImageListing> {
  const built = await buildKustomization(resolve(folder), options);
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

import type { ImagesOfFile, SourceFile } from '../../../core/model/index.ts';
import { imagesIn } from './images-in.ts';
import { asTemplate, refuseTemplate } from './refuse.ts';

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

import { readRenderedYaml } from '../../core/edit/index.ts';
import { isIdleDefinition } from '../../core/knowledge/places/index.ts';
import type { ImageListing, ImagesFound, Json } from '../../core/model/index.ts';
import { imagesOfDocument } from './images-of.ts';

/** Manifests as one text, and where each came from. */
export type RenderedDocument = {
  readonly value: Json;
  /** What `# Source:` says. */
  readonly template?: string;
};

/**
 * The documents of a text that Helm rendered: `helm template`, or the manifest in a release. A line of three dashes
 * parts them; inside a block scalar it would be indented.
 *
 * @param name what the text is called in errors. Errors: PM_FILE_BROKEN.
 */
export function readRendered(text: string, name: string): readonly RenderedDocument[] {
  let template: string | undefined;
  return text.split(/^---(?=\s)/m).flatMap((part) => {
    // A template that makes several documents is named before the first of them only.
    template = /^# Source: (.+?)\s*$/m.exec(part)?.[1] ?? template;
    if (isIdleDefinition(part)) return [];
    const source = template === undefined ? {} : { template };
    return readRenderedYaml(part, template ?? name).map((value) => ({ value, ...source }));
  });
}

/** The images of rendered documents, one group for each template, in the order of the text. */
export function imagesByTemplate(documents: readonly RenderedDocument[]): ImageListing['groups'] {
  const byTemplate = Map.groupBy(documents, ({ template }) => template);
  return [...byTemplate].map(([template, part]) => ({
    ...joined(part.map(({ value }) => imagesOfDocument(value))),
    ...(template === undefined ? {} : { template }),
  }));
}

function joined(found: readonly ImagesFound[]): ImagesFound {
  return {
    usages: found.flatMap(({ usages }) => usages),
    lookAlikes: found.flatMap(({ lookAlikes }) => lookAlikes),
  };
}

import { normaliseImage } from '../../core/image/index.ts';
import { objectName, type ImageListing, type InstallerImages } from '../../core/model/index.ts';
import type { Need } from './types.ts';

/** Each image once, with all that names it, in the order in which they were met. Errors: PM_BAD_IMAGE_NAME. */
export function needsOf(
  listing: ImageListing,
  installers: readonly InstallerImages[],
  names: readonly string[],
): readonly Need[] {
  const found = [
    ...listing.groups.flatMap(({ file, usages }) =>
      usages.flatMap(({ reference, object }): readonly Need[] => {
        if (reference === undefined) return [];
        const files = file === undefined ? [] : [file];
        return [need(reference, { namedBy: [objectName(object)], files })];
      }),
    ),
    ...installers.flatMap(({ installer, images }) =>
      images.map(({ image, original, component, pulled }) =>
        need(image, { original, namedBy: [`${installer} ${component}`], pulled }),
      ),
    ),
    ...names.map((name) => need(normaliseImage(name), {})),
  ];
  return [...Map.groupBy(found, ({ image }) => image).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    return [
      {
        ...first,
        namedBy: [...new Set(same.flatMap(({ namedBy }) => namedBy))],
        files: [...new Set(same.flatMap(({ files }) => files))],
        pulled: same.some(({ pulled }) => pulled === 'now') ? ('now' as const) : ('later' as const),
      },
    ];
  });
}

function need(image: string, known: Partial<Need>): Need {
  return { image, original: image, namedBy: [], files: [], pulled: 'now', ...known };
}

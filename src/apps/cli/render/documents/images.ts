import {
  apiVersion,
  isDirect,
  objectName,
  type ImageListing,
  type Place,
  type Usage,
} from '../../../../core/model/index.ts';
import type { Document } from '../../../../flows/index.ts';
import { fieldPath } from './field-path.ts';

/** `images -o json`. */
export function imageList({ groups, notes }: ImageListing): Document {
  const items = groups.flatMap((group) =>
    group.usages.map(({ image, reference, place, name, pullPolicy, ...at }) => ({
      image,
      reference,
      place,
      pulled: pulled(place),
      ...whereItIs(at, group),
      ...(isDirect(place) ? { container: name, pullPolicy } : { key: name === '' ? undefined : name }),
    })),
  );
  const notImages = groups.flatMap((group) =>
    group.lookAlikes.map(({ text, reason, ...at }) => ({ text, reason, ...whereItIs(at, group) })),
  );
  return { apiVersion, kind: 'ImageList', items, notImages, notes: notes.length === 0 ? undefined : notes };
}

function pulled(place: Place): 'direct' | 'indirect' | 'present' {
  if (place === 'runtime') return 'present';
  return isDirect(place) ? 'direct' : 'indirect';
}

function whereItIs(
  { object, path, position }: Pick<Usage, 'object' | 'path' | 'position'>,
  { file, template }: ImageListing['groups'][number],
): Document {
  return {
    resource: objectName(object),
    path: fieldPath(path),
    template,
    file: position?.file ?? file,
    line: position?.line,
    column: position?.column,
  };
}

import { readYaml, type YamlDocument } from '../../../core/edit/index.ts';
import { formatReference, tryParseReference } from '../../../core/image/index.ts';
import {
  findImages,
  type Finding,
  type InnerDocument,
  type Site,
} from '../../../core/knowledge/places/index.ts';
import { asList, digText, isObject, objectRef } from '../../../core/knowledge/pods/index.ts';
import type {
  FilePosition,
  ImagesOfFile,
  Json,
  JsonObject,
  ObjectRef,
  SourceFile,
  Usage,
} from '../../../core/model/index.ts';

/** Every image that the objects of a file bring into a pod, and what only looks like one. */
export function imagesIn(file: SourceFile): ImagesOfFile {
  const found = readYaml(file.text, file.path).flatMap((document) =>
    objectsIn(document.value, '').map(({ object, base }) => {
      const { images, lookAlikes } = findImages(object, base, readInner);
      const ref = objectRef(object);
      return {
        usages: images.map((finding) => usage(finding, ref, document)),
        lookAlikes: lookAlikes.map(({ text, reason, site }) => ({
          text,
          reason,
          object: ref,
          path: site.path,
          ...positioned(document, site),
        })),
      };
    }),
  );
  return {
    file,
    usages: found.flatMap(({ usages }) => usages),
    lookAlikes: found.flatMap(({ lookAlikes }) => lookAlikes),
  };
}

type Located = {
  readonly object: JsonObject;
  /** JSON pointer of the object in its document. */
  readonly base: string;
};

/** The object itself, or those of a `List` (`PodList` and the like, also nested). */
function objectsIn(value: Json, base: string): readonly Located[] {
  if (!isObject(value)) return [];
  if (digText(value, 'kind')?.endsWith('List') !== true) return [{ object: value, base }];
  return asList(value.items).flatMap((item, index) => objectsIn(item, `${base}/items/${index}`));
}

/** The YAML or JSON in a field's text; whatever cannot be read is text. */
function readInner(text: string): readonly InnerDocument[] {
  try {
    return readYaml(text, '').map((document) => ({
      value: document.value,
      locate: (path, part) => {
        const position = document.locate(path, part);
        return position && { start: position.offset, end: position.offset + position.length };
      },
    }));
  } catch {
    return [];
  }
}

function usage(finding: Finding, object: ObjectRef, document: YamlDocument): Usage {
  const { place, name, image, pullPolicy, parts, reason, site } = finding;
  const reference = tryParseReference(image);
  return {
    image,
    ...(reference === undefined ? {} : { reference: formatReference(reference) }),
    place,
    name,
    ...(pullPolicy === undefined ? {} : { pullPolicy }),
    object,
    path: site.path,
    ...positioned(document, site),
    ...(parts === undefined ? {} : { parts }),
    reason,
  };
}

function positioned(
  document: YamlDocument,
  { path, start, end }: Site,
): { readonly position?: FilePosition } {
  if (start === undefined || end === undefined) return {};
  const position = document.locate(path, { start, end });
  return position === undefined ? {} : { position };
}

import { isDeepStrictEqual } from 'node:util';
import { readField } from '../../core/edit/index.ts';
import type { JsonObject } from '../../core/model/index.ts';

/** Do two objects name the same images for the same containers: init containers and image volumes too. */
export function sameImages(a: JsonObject, b: JsonObject): boolean {
  return isDeepStrictEqual(imagesOf(a), imagesOf(b));
}

/** The images of an object in one line, for people. */
export function imageList(object: JsonObject): string {
  return imagesOf(object)
    .map(([, name, image]) => `${String(name)}=${String(image)}`)
    .join(', ');
}

/** By container: the API server may fill in other fields, and images of a live pod may change. */
function imagesOf(object: JsonObject): readonly (readonly unknown[])[] {
  return ['/spec', '/spec/template/spec'].flatMap((base) => [
    ...['containers', 'initContainers'].flatMap((key) =>
      entries(object, `${base}/${key}`).map(({ name, image }) => [key, name, image]),
    ),
    ...entries(object, `${base}/volumes`).flatMap(({ name, image }) =>
      image === undefined ? [] : [['volumes', name, (image as JsonObject).reference]],
    ),
  ]);
}

function entries(object: JsonObject, path: string): readonly JsonObject[] {
  const value = readField(object, path);
  return Array.isArray(value) ? (value as readonly JsonObject[]) : [];
}

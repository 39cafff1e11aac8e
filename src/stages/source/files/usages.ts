import { readField, readYaml, type YamlDocument } from '../../../core/edit/index.ts';
import { formatReference, tryParseReference } from '../../../core/image/index.ts';
import {
  asList,
  asObject,
  digText,
  isObject,
  kindInfo,
  objectRef,
  podSurfaces,
} from '../../../core/knowledge/pods/index.ts';
import type { Json, JsonObject, ObjectRef, Place, SourceFile, Usage } from '../../../core/model/index.ts';

type Surface = Pick<Usage, 'place' | 'name' | 'image' | 'path' | 'pullPolicy'>;

/** Every image that the objects of a file name: pod surfaces, and environment variables that are images. */
export function usagesIn(file: SourceFile): readonly Usage[] {
  return readYaml(file.text, file.path).flatMap((document) =>
    objectsIn(document.value, '').flatMap(({ object, base }) =>
      surfacesOf(object).map((surface) => usage(surface, objectRef(object), document, base)),
    ),
  );
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

function surfacesOf(object: JsonObject): readonly Surface[] {
  const path = kindInfo(digText(object, 'kind') ?? '', digText(object, 'apiVersion'))?.podSpecPath;
  if (path === undefined) return [];
  const podSpec = readField(object, path);
  return [...podSurfaces(podSpec, path), ...imageVariables(podSpec, path)];
}

/** Names under which programs are told an image, e.g. `OPENEBS_IO_HELPER_IMAGE`, `RELATED_IMAGE_PROXY`. */
const imageVariable = /(?:^|_)IMAGE$|^RELATED_IMAGE_/;

function imageVariables(podSpec: Json | undefined, base: string): readonly Surface[] {
  return ['initContainers', 'containers'].flatMap((list) =>
    asList(asObject(podSpec)[list]).flatMap((container, at) =>
      asList(asObject(container).env).flatMap((entry, index) => {
        const { name, value: image } = asObject(entry);
        if (typeof name !== 'string' || !imageVariable.test(name) || !looksLikeImage(image)) return [];
        return [{ place: 'env' as Place, name, image, path: `${base}/${list}/${at}/env/${index}/value` }];
      }),
    ),
  );
}

/** A variable may also hold a switch (`USE_IMAGE=true`): a path, a tag or a digest tells an image. */
function looksLikeImage(value: Json | undefined): value is string {
  return typeof value === 'string' && /[/:@]/.test(value) && tryParseReference(value) !== undefined;
}

function usage(surface: Surface, object: ObjectRef, document: YamlDocument, base: string): Usage {
  const reference = tryParseReference(surface.image);
  const position = document.locate(`${base}${surface.path}`);
  return {
    ...surface,
    ...(reference === undefined ? {} : { reference: formatReference(reference) }),
    object,
    ...(position === undefined ? {} : { position }),
  };
}

import { readEmbedded } from '../../core/edit/index.ts';
import { formatReference, tryParseReference } from '../../core/image/index.ts';
import {
  findImages,
  findInSettings,
  type Finding,
  type Findings,
  type Site,
} from '../../core/knowledge/places/index.ts';
import { asList, digText, isObject, objectRef } from '../../core/knowledge/pods/index.ts';
import type {
  FilePosition,
  ImagesFound,
  Json,
  JsonObject,
  ObjectRef,
  Usage,
} from '../../core/model/index.ts';

/** Where a text of the object stands in a file; undefined when it cannot be edited there, or is in no file. */
export type Locate = (site: Site) => FilePosition | undefined;

const nowhere: Locate = () => undefined;

/**
 * Every image that the objects of a document bring into a pod, and what only looks like one: of the object itself,
 * or of those in a `List` (`PodList` and the like, also nested) or a `Template` of OpenShift.
 */
export function imagesOfDocument(value: Json, locate: Locate = nowhere): ImagesFound {
  const found = objectsIn(value, '').map(({ object, base }) => imagesOfObject(object, base, locate));
  return {
    usages: found.flatMap(({ usages }) => usages),
    lookAlikes: found.flatMap(({ lookAlikes }) => lookAlikes),
  };
}

/** The same of a document that is no object: the settings of a program. */
export function imagesOfSettings(value: Json, locate: Locate = nowhere): ImagesFound {
  return located(findInSettings(value, readEmbedded), { apiVersion: '', kind: '', name: '' }, locate);
}

function imagesOfObject(object: JsonObject, base: string, locate: Locate): ImagesFound {
  return located(findImages(object, base, readEmbedded), objectRef(object), locate);
}

function located({ images, lookAlikes }: Findings, ref: ObjectRef, locate: Locate): ImagesFound {
  return {
    usages: images.map((finding) => usageOf(finding, ref, locate)),
    lookAlikes: lookAlikes.map(({ text, reason, site }) => ({
      text,
      reason,
      object: ref,
      path: site.path,
      ...positioned(locate(site)),
    })),
  };
}

type Located = {
  readonly object: JsonObject;
  /** JSON pointer of the object in its document. */
  readonly base: string;
};

function objectsIn(value: Json, base: string): readonly Located[] {
  if (!isObject(value)) return [];
  const below = (key: string): readonly Located[] =>
    asList(value[key]).flatMap((item, index) => objectsIn(item, `${base}/${key}/${index}`));
  if (digText(value, 'kind')?.endsWith('List') === true) return below('items');
  const objects = digText(value, 'kind') === 'Template' ? below('objects') : [];
  return [{ object: value, base }, ...objects];
}

function placed(
  { site, ...override }: NonNullable<Finding['override']>,
  locate: Locate,
): NonNullable<Usage['override']> {
  return { ...override, ...(site === undefined ? {} : positioned(locate(site))) };
}

/** Where objects hold values of a chart that a controller renders. */
const valuesPath =
  /^(?:HelmRelease(?:\/items\/\d+)?\/spec\/values\b|Application(?:Set)?\/.*\/helm\/|HelmChart(?:Config)?\/spec\/(?:valuesContent|set)\b|\/releases\/\d+\/)/;

function usageOf(finding: Finding, object: ObjectRef, locate: Locate): Usage {
  const { place, name, image, pullPolicy, parts, reason, site, open, override } = finding;
  const reference = open === undefined ? tryParseReference(image) : undefined;
  return {
    image,
    ...(reference === undefined ? {} : { reference: formatReference(reference) }),
    place,
    name,
    ...(pullPolicy === undefined ? {} : { pullPolicy }),
    object,
    path: site.path,
    ...positioned(locate(site)),
    ...(parts === undefined
      ? {}
      : {
          parts: {
            ending: parts.ending,
            fields: parts.fields.map(({ written, site: at }) => ({ written, ...positioned(locate(at)) })),
          },
        }),
    ...(open === undefined ? {} : { open }),
    ...(override === undefined ? {} : { override: placed(override, locate) }),
    ...(valuesPath.test(`${object.kind}${site.path}`) && override === undefined ? { inValues: true } : {}),
    reason,
  };
}

function positioned(position: FilePosition | undefined): { readonly position?: FilePosition } {
  return position === undefined ? {} : { position };
}

import type { JsonObject } from '../../model/index.ts';
import { asText } from '../pods/index.ts';
import {
  behindName,
  endingOf,
  fieldOf,
  isRegistryKey,
  joined,
  type Above,
  type Composed,
  type Field,
} from './parts.ts';
import { nameParts } from './rules.data.ts';

/** What is known of an object that may hold the parts of an image. */
export type Around = {
  /** It stands in a field that says "image". */
  readonly named: boolean;
  /** It stands in a list, so that its `name` is what it is called there. */
  readonly listed: boolean;
  /** It says what others lack: `global`, `defaults`. */
  readonly forOthers: boolean;
  readonly above?: Above | undefined;
};

/**
 * Joins the parts that an object holds, e.g. `{registry, repository, tag}`, `{image, tag}`, `{repository, image,
 * version}` (NVIDIA's operator), and what it lacks from `above`. Undefined when it holds no image, or all of it in one
 * string.
 */
export function composedImage(
  object: JsonObject,
  { named, listed, forOthers, above }: Around,
): Composed | undefined {
  const parts = [nameParts.registry, nameParts.repository, nameParts.image].flatMap(
    (keys) => fieldOf(object, keys) ?? [],
  );
  const own = listed ? parts : [...parts, ...lastPart(object, parts)];
  const fields = own.length === 0 && named ? nameField(object) : own;
  if (above !== undefined && isBelow(fields, object)) {
    const [field] = fields;
    const ending = endingOf(object, false) || above.ending;
    if (field !== undefined && ending !== '')
      return {
        image: `${joined(above.registry.text, field.text)}${ending}`,
        fields: [above.registry, field],
        ending,
        own: 1,
      };
  }
  const [first] = fields;
  const last = fields.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const isName = fields.some(({ key }) => !isRegistryKey(key));
  // `image` with everything in it; whatever stands beside it belongs to somebody else.
  if (!isName || /:[^/]*$|@/.test(last.text)) return undefined;
  const ending = endingOf(object, named || fields.length > 1 || (!forOthers && isFull(last.text, object)));
  if (ending === '' && !(named && fields.length > 1)) return undefined;
  // A registry may be written with its slash, e.g. in the values of OpenEBS.
  const name = fields.slice(1).reduce((all, { text }) => joined(all, text), first.text);
  // A registry alone: kubeadm's `imageRepository`.
  if (/^[^/]*\.[^/]*$/.test(name)) return undefined;
  return { image: `${name}${ending}`, fields, ending };
}

/** `system-logger: {repository: acme, name: logger, tag: "1"}`: the repository lacks the last part of the name. */
function lastPart(object: JsonObject, parts: readonly Field[]): readonly Field[] {
  const text = asText(object.name);
  const [repository, ...others] = parts;
  if (text === undefined || repository === undefined || others.length > 0) return [];
  const isOrganisation = repository.key === 'repository' && !/[/.:]/.test(repository.text);
  return isOrganisation && text !== repository.text && !text.includes('/') ? [{ key: 'name', text }] : [];
}

/** A repository with its registry, which the version of the same object belongs to; not that of a chart. */
function isFull(text: string, object: JsonObject): boolean {
  return /^[\w-]+(?:\.[\w-]+)+(?::\d+)?\/\w/.test(text) && object.chart === undefined;
}

/** `image: {name: quay.io/acme/app, tag: "1"}`; a name without a path may be anybody's. */
function nameField(object: JsonObject): readonly Field[] {
  const text = asText(object.name);
  return text?.includes('/') === true ? [{ key: 'name', text }] : [];
}

/** A name without registry and tag, alone. */
function isBelow([field, ...rest]: readonly Field[], object: JsonObject): boolean {
  if (field === undefined || rest.length > 0 || isRegistryKey(field.key)) return false;
  return !/[:@]|^[^/]*\./.test(field.text) && fieldOf(object, nameParts.registry) === undefined;
}

/**
 * What an object says for the images of all objects in it, or an object around it does; undefined when nobody says
 * anything.
 */
export function partsFor(object: JsonObject, path: string, above?: Above): Above | undefined {
  const tag = fieldOf(object, nameParts.tag);
  const isImage = fieldOf(object, [...nameParts.repository, ...nameParts.image]) !== undefined;
  const registry = isImage ? undefined : fieldOf(object, [...nameParts.registry, 'base']);
  if (registry === undefined || (tag === undefined && !hostPath.test(registry.text)))
    return above === undefined || tag === undefined ? above : { ...above, ending: behindName(tag.text) };
  const ending = tag === undefined ? '' : behindName(tag.text);
  return { registry: { ...registry, path: `${path}/${registry.key}` }, ending };
}

/** A registry, with or without a path; `base` and the like may be anything else. */
const hostPath = /^(?:[\w-]+(?:\.[\w-]+)+(?::\d+)?|[\w-]+:\d+)(?:\/[\w./-]*)?$/;

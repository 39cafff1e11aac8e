import type { Json, JsonObject } from '../../model/index.ts';
import { asText } from '../pods/index.ts';
import { nameParts } from './rules.data.ts';

type Field = {
  readonly key: string;
  readonly text: string;
  /** JSON pointer, where the field stands in another object. */
  readonly path?: string;
};

/**
 * Registry and tag of an object for the images of those below it: Istio's `global: {hub, tag, proxy: {image}}`; Piraeus'
 * `base`, whose images have tags of their own.
 */
export type Above = { readonly registry: Field & { readonly path: string }; readonly ending: string };

/** An image whose registry, repository, tag or digest stand in fields of their own. */
export type Composed = {
  readonly image: string;
  /** The fields whose texts make the name, in their order. */
  readonly fields: readonly Field[];
  /** Tag and digest, which stand in fields of their own: `:1.25`; empty without. */
  readonly ending: string;
};

/**
 * Joins the parts that an object holds, e.g. `{registry, repository, tag}`, `{image, tag}`, `{repository, image,
 * version}` (NVIDIA's operator), and what it lacks from `above`. Undefined when it holds no image, or all of it in one
 * string.
 *
 * @param named the object stands in a field that says "image"
 */
export function composedImage(object: JsonObject, named: boolean, above?: Above): Composed | undefined {
  const own = [nameParts.registry, nameParts.repository, nameParts.image].flatMap(
    (keys) => fieldOf(object, keys) ?? [],
  );
  const fields = own.length === 0 && named ? nameField(object) : own;
  if (above !== undefined && isBelow(fields, object)) {
    const [field] = fields;
    const ending = endingOf(object, false) || above.ending;
    if (field !== undefined && ending !== '')
      return {
        image: `${joined(above.registry.text, field.text)}${ending}`,
        fields: [above.registry, field],
        ending,
      };
  }
  const [first] = fields;
  const last = fields.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const isName = fields.some(({ key }) => !isRegistryKey(key));
  // `image` with everything in it; whatever stands beside it belongs to somebody else.
  if (!isName || /:[^/]*$|@/.test(last.text)) return undefined;
  const ending = endingOf(object, named || fields.length > 1);
  if (ending === '' && !(named && fields.length > 1)) return undefined;
  // A registry may be written with its slash, e.g. in the values of OpenEBS.
  const name = fields.slice(1).reduce((all, { text }) => joined(all, text), first.text);
  // A registry alone: kubeadm's `imageRepository`.
  if (/^[^/]*\.[^/]*$/.test(name)) return undefined;
  return { image: `${name}${ending}`, fields, ending };
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

const pairEnding = /(?:image)?(?:repository|repo)$|image(?:name)?$/;
/** A repository of something else that has versions. */
const otherStems = /(?:chart|git|helm|source|module|package|os)$/;

/** Images of which name and tag stand side by side: `proxyImage` and `proxyTag`, `controllerImageVersion`, `baseImage`. */
export function pairedImages(object: JsonObject): readonly Composed[] {
  const keys = new Map(Object.keys(object).map((key) => [key.toLowerCase().replaceAll(/[_-]/g, ''), key]));
  return [...keys].flatMap(([plain, key]) => {
    const stem = plain.replace(pairEnding, '');
    const text = asText(object[key]);
    if (stem === '' || stem === plain || otherStems.test(stem)) return [];
    if (text === undefined || /:[^/]*$|@/.test(text)) return [];
    const partner = (...endings: readonly string[]): Field | undefined => {
      const stems = [plain, stem, `${stem}image`, ...(stem === 'base' ? [''] : [])];
      const found = stems.flatMap((it) => endings.flatMap((ending) => keys.get(it + ending) ?? []));
      return fieldOf(object, found);
    };
    const tag = partner('tag') ?? (text.includes('/') ? partner('version') : undefined);
    if (tag === undefined) return [];
    const registry = /^[^/]*[.:]/.test(text) ? undefined : partner('registry');
    const fields = [...(registry === undefined ? [] : [registry]), { key, text }];
    const name = registry === undefined ? text : joined(registry.text, text);
    const ending = behindName(tag.text);
    return [{ image: `${name}${ending}`, fields, ending }];
  });
}

/**
 * The texts of the fields that together make another name; each keeps as much of its own end as it can. Undefined
 * when the new name does not end with the tag and digest that stay.
 */
export function spreadName(
  written: readonly string[],
  ending: string,
  image: string,
): readonly string[] | undefined {
  if (!image.endsWith(ending)) return undefined;
  let left = image.slice(0, image.length - ending.length).split('/');
  const texts: string[] = [];
  for (const text of written.slice(1).toReversed()) {
    const own = text.split('/').filter((part) => part !== '');
    let common = 0;
    while (common < own.length && own.at(-1 - common) === left.at(-1 - common)) common += 1;
    // One part for each field before it must be left.
    const take = Math.min(Math.max(common, 1), left.length - (written.length - 1 - texts.length));
    if (take < 1) return undefined;
    texts.unshift(withSlashes(text, left.slice(-take).join('/')));
    left = left.slice(0, -take);
  }
  const [first = ''] = written;
  return left.length === 0 ? undefined : [withSlashes(first, left.join('/')), ...texts];
}

/** `/repository` keeps its slash. */
function withSlashes(written: string, text: string): string {
  return `${written.startsWith('/') ? '/' : ''}${text}${written.endsWith('/') ? '/' : ''}`;
}

function joined(before: string, text: string): string {
  return `${before.replace(/\/$/, '')}/${text.replace(/^\/|\/$/g, '')}`;
}

function isRegistryKey(key: string): boolean {
  return (nameParts.registry as readonly string[]).includes(key);
}

function endingOf(object: JsonObject, orVersion: boolean): string {
  const digest = fieldOf(object, nameParts.digest)?.text;
  const tag = fieldOf(object, [...nameParts.tag, ...(orVersion ? ['version'] : [])])?.text;
  const at = digest === undefined ? '' : `@${digest.includes(':') ? digest : `sha256:${digest}`}`;
  return `${tag === undefined ? '' : behindName(tag)}${at}`;
}

/** A tag, or a digest in its place. */
function behindName(tag: string): string {
  return `${/^sha256:/.test(tag) ? '@' : ':'}${tag}`;
}

function fieldOf(object: JsonObject, keys: readonly string[]): Field | undefined {
  for (const key of keys) {
    const text = scalarText(object[key]);
    if (text !== undefined) return { key, text };
  }
  return undefined;
}

/** A tag may be written without quotes: 1.25. */
function scalarText(value: Json | undefined): string | undefined {
  return typeof value === 'number' ? String(value) : asText(value);
}

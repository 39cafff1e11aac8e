import type { Json, JsonObject } from '../../model/index.ts';
import { asText } from '../pods/index.ts';
import { nameParts } from './rules.data.ts';

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
 * version}` (NVIDIA's operator). Undefined when it holds no image, or all of it in one string.
 */
export function composedImage(object: JsonObject, named: boolean): Composed | undefined {
  const fields = [nameParts.registry, nameParts.repository, nameParts.image].flatMap(
    (keys) => fieldOf(object, keys) ?? [],
  );
  const [first] = fields;
  const last = fields.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const isName = fields.some(({ key }) => !(nameParts.registry as readonly string[]).includes(key));
  // `image` with everything in it; whatever stands beside it belongs to somebody else.
  if (!isName || /:[^/]*$|@/.test(last.text)) return undefined;
  const ending = endingOf(object, named || fields.length > 1);
  if (ending === '' && !(named && fields.length > 1)) return undefined;
  const rest = fields.slice(1).reduce((all, { text }) => joined(all, text), '');
  // A registry that is written with its slash, e.g. the values of OpenEBS.
  const after = first.text.endsWith('/') ? rest.replace(/^\//, '') : rest;
  return { image: `${first.text}${after}${ending}`, fields, ending };
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

type Field = { readonly key: string; readonly text: string };

function joined(before: string, text: string): string {
  return `${before}/${text.replace(/^\/|\/$/g, '')}`;
}

function endingOf(object: JsonObject, orVersion: boolean): string {
  const digest = fieldOf(object, nameParts.digest)?.text;
  const tag = fieldOf(object, [...nameParts.tag, ...(orVersion ? ['version'] : [])])?.text;
  const at = digest === undefined ? '' : `@${digest.includes(':') ? digest : `sha256:${digest}`}`;
  return `${tag === undefined ? '' : `:${tag}`}${at}`;
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

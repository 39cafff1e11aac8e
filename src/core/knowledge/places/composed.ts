import type { Json, JsonObject } from '../../model/index.ts';
import { asText } from '../pods/index.ts';
import { nameParts } from './rules.data.ts';

/** An image whose registry, repository, tag or digest stand in fields of their own. */
export type Composed = {
  readonly image: string;
  /** The field with the first part; replacing it moves the image. */
  readonly key: string;
  readonly written: string;
  /** What the other fields add. */
  readonly rest: string;
};

/**
 * Joins the parts that an object holds, e.g. `{registry, repository, tag}`, `{image, tag}`, `{repository, image,
 * version}` (NVIDIA's operator). Undefined when it holds no image, or all of it in one string.
 */
export function composedImage(object: JsonObject, named: boolean): Composed | undefined {
  const found = [nameParts.registry, nameParts.repository, nameParts.image].flatMap(
    (keys) => fieldOf(object, keys) ?? [],
  );
  const [first] = found;
  const last = found.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const isName = found.some(({ key }) => !(nameParts.registry as readonly string[]).includes(key));
  // `image` with everything in it; whatever stands beside it belongs to somebody else.
  if (!isName || /:[^/]*$|@/.test(last.text)) return undefined;
  const ending = endingOf(object, named || found.length > 1);
  if (ending === '' && !(named && found.length > 1)) return undefined;
  // A registry that is written with its slash, e.g. the values of OpenEBS.
  const rest = `${found.slice(1).reduce((all, { text }) => joined(all, text), '')}${ending}`;
  const after = first.text.endsWith('/') ? rest.replace(/^\//, '') : rest;
  return { image: `${first.text}${after}`, key: first.key, written: first.text, rest: after };
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

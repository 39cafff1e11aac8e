import type { Json, JsonObject } from '../../model/index.ts';
import { asText } from '../pods/index.ts';
import { nameParts } from './rules.data.ts';

/** A field that holds a part of a name. */
export type Field = {
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
  /** The field of the ending, where it is not one of the usual ones. */
  readonly endingKey?: string;
  /** Which of the fields is the object's own, where the first is not. */
  readonly own?: number;
};

export function joined(before: string, text: string): string {
  return `${before.replace(/\/$/, '')}/${text.replace(/^\/|\/$/g, '')}`;
}

export function isRegistryKey(key: string): boolean {
  return (nameParts.registry as readonly string[]).includes(key);
}

export function endingOf(object: JsonObject, orVersion: boolean): string {
  const digest = fieldOf(object, nameParts.digest)?.text;
  const tag = fieldOf(object, [...nameParts.tag, ...(orVersion ? ['version'] : [])])?.text;
  const at = digest === undefined ? '' : `@${digest.includes(':') ? digest : `sha256:${digest}`}`;
  return `${tag === undefined ? '' : behindName(tag)}${at}`;
}

/** A tag, or a digest in its place. */
export function behindName(tag: string): string {
  return `${tag.startsWith('sha256:') ? '@' : ':'}${tag}`;
}

export function fieldOf(object: JsonObject, keys: readonly string[]): Field | undefined {
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

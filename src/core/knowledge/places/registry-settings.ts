import type { JsonObject } from '../../model/index.ts';
import { asText } from '../pods/index.ts';
import { behindName, fieldOf, type Field } from './parts.ts';
import { namesImage } from './field-name.ts';
import { whole, type Spot, type Walk } from './tell.ts';

/** A registry, perhaps with a path: text that nothing but a host begins. */
const hostPath = /^(?:[\w-]+(?:\.[\w-]+)+(?::\d+)?|localhost(?::\d+)?|[\w-]+:\d+)(?:\/[\w./-]*)?$/;

/** Keys whose text is the registry of images that a program knows by itself. */
const registryKeys = /^(?:hub|image_?registry|imagesRegistry|system_?default_?registry)$/i;

/**
 * Tells a registry below which a program finds images: `ghcr.io/acme/*`, or its images where they are known.
 *
 * @param inserted what the program puts between this very registry and the tails, and no other one
 */
export function tellRegistry(
  fields: readonly (Field & { readonly path: string })[],
  tails: readonly string[],
  to: Walk,
  inserted = '',
): void {
  const [first] = fields;
  if (first === undefined) return;
  const name = `${fields.map(({ text }) => text.replace(/^\/|\/$/g, '')).join('/')}${inserted}`;
  const parts = fields.map(({ path, text }) => ({ written: text, site: whole(path, text) }));
  for (const tail of tails) {
    const isWhole = /:[\w.-]+$/.test(tail) && !tail.includes('*');
    to.images.push({
      image: `${name}${tail}`,
      place: to.place,
      name: first.key,
      reason: 'registry-setting',
      site: whole(first.path, first.text),
      parts: { fields: parts, ending: tail },
      ...(isWhole ? {} : { open: openAt(name, tail) }),
    });
  }
}

/** `/pause:*` is an image of which the tag is open; `/*` may be any image. */
function openAt(name: string, tail: string): { readonly name: string; readonly tail: string } {
  const known = /^(\/[\w./-]+)(:.*)$/.exec(tail);
  return known === null || tail.includes('/*')
    ? { name, tail }
    : { name: `${name}${known[1] ?? ''}`, tail: known[2] ?? '' };
}

/**
 * The fields of an object that say a registry and no image: `hub`, `imageRegistry`, `image: {registry}`. What an image
 * beside or below them was joined from is none.
 */
export function registrySettings(object: JsonObject, spot: Spot, done: ReadonlySet<string>, to: Walk): void {
  if (to.place !== 'crField') return;
  for (const [key, value] of Object.entries(object)) {
    const isKey = registryKeys.test(key) || (key === 'registry' && namesImage(spot.name));
    const text = asText(value);
    if (!isKey || done.has(key) || text === undefined || !hostPath.test(text)) continue;
    const path = `${spot.path}/${key}`;
    const isPart = to.images.some(({ parts }) => parts?.fields.some(({ site }) => site.path === path));
    if (isPart) continue;
    const tag = fieldOf(object, ['tag', 'imageTag', 'image_tag']);
    const ending = tag === undefined ? ':*' : behindName(tag.text);
    const names = key === 'hub' && object.variant === undefined ? (to.kind?.hubImages ?? []) : [];
    const tails =
      names.length === 0
        ? [tag === undefined ? '/*' : `/*${ending}`]
        : names.map((name) => `/${name}${ending}`);
    tellRegistry([{ key, text, path }], tails, to);
  }
}

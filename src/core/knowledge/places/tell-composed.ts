import type { JsonObject } from '../../model/index.ts';
import { composedImage } from './composed.ts';
import { namesImage } from './field-name.ts';
import { judge } from './judge.ts';
import { pairedImages } from './paired.ts';
import type { Composed } from './parts.ts';
import { nameParts, sharedKeys } from './rules.data.ts';
import { whole, type Spot, type Walk } from './tell.ts';

const partKeys = Object.values(nameParts).flat();

/** Images in several fields of the object; gives the fields that are told with them. */
export function composed(object: JsonObject, spot: Spot, to: Walk): ReadonlySet<string> {
  const { named, above } = spot;
  const forOthers = sharedKeys.has(spot.name);
  const one = composedImage(object, { named, listed: /\/\d+$/.test(spot.path), forOthers, above });
  const found = one !== undefined && addComposed(one, spot, to);
  const pairs = pairedImages(object).filter((it) => addComposed(it, spot, to));
  const keys = [...pairs.flatMap(keysOf), ...untagged(object, found, spot, to)];
  return new Set(found ? [...keys, ...partKeys, ...one.fields.map(({ key }) => key)] : keys);
}

/** Repositories of which somebody else knows the tag: `imageRepository`, `image: {repository}`. Gives their keys. */
function untagged(object: JsonObject, found: boolean, spot: Spot, to: Walk): readonly string[] {
  return Object.entries(object).flatMap(([key, text]) => {
    const isOwn = !found && /^repo(?:sitory)?$/.test(key) && namesImage(spot.name);
    const isField =
      isOwn || (/image_?-?repo(?:sitory)?$/i.test(key) && !(partKeys as readonly string[]).includes(key));
    const isAlone = /^image_?repository$/i.test(key) && !found;
    if (typeof text !== 'string' || !(isField || isAlone) || /:[^/]*$|@/.test(text)) return [];
    if ((!isOwn && !text.includes('/')) || !judge(`${text}:1.0`, true).image) return [];
    // A registry alone, as kubeadm's.
    if (/^[^/]*\.[^/]*$/.test(text)) return [];
    return addComposed({ image: text, ending: '', fields: [{ key, text }] }, spot, to) ? [key] : [];
  });
}

function keysOf({ fields, endingKey }: Composed): readonly string[] {
  return [...fields.map(({ key }) => key), ...(endingKey === undefined ? [] : [endingKey])];
}

/**
 * Images in several texts of a flat map: `web.repository` and `web.tag` of a ConfigMap, variables of a container. Gives
 * the keys that are told with them.
 *
 * @param pathOf JSON pointer of the text of a key
 */
export function flatPairs(texts: JsonObject, pathOf: (key: string) => string, to: Walk): ReadonlySet<string> {
  const spot = { path: '', name: '', named: false };
  const pairs = pairedImages(texts, { flat: true }).map((pair) => ({
    ...pair,
    fields: pair.fields.map((field) => ({ ...field, path: pathOf(field.key) })),
  }));
  const done = pairs.filter((pair) => addComposed(pair, spot, to)).flatMap(keysOf);
  // `web.image.repository`, whose tag the chart knows.
  const alone = Object.entries(texts).flatMap(([key, text]) => {
    const isRepository = /(?:^|\.)image\.repo(?:sitory)?$|imageRepo(?:sitory)?$/.test(key);
    if (!isRepository || done.includes(key) || typeof text !== 'string' || /:[^/]*$|@/.test(text)) return [];
    if (/^[^/]*\.[^/]*$/.test(text)) return [];
    const field = { key, text, path: pathOf(key) };
    return addComposed({ image: text, ending: '', fields: [field] }, spot, to) ? [key] : [];
  });
  return new Set([...done, ...alone]);
}

function addComposed({ image, ending, fields, own = 0 }: Composed, spot: Spot, to: Walk): boolean {
  const name = image.slice(0, image.length - ending.length);
  const verdict = judge(image, true);
  const isOpen = !verdict.image && verdict.reason === 'template';
  if (!(isOpen || ending === '' ? judge(`${name}:1.0`, true) : verdict).image) return false;
  const parts = fields.map(({ key, text, path = `${spot.path}/${key}` }) => ({
    written: text,
    site: whole(path, text),
  }));
  // An image that takes its registry from above is told where its own name stands.
  const [field, part] = [fields.at(own), parts.at(own)];
  if (field === undefined || part === undefined) return false;
  to.images.push({
    image,
    place: to.place,
    name: field.key,
    reason: 'named',
    site: part.site,
    parts: { fields: parts, ending },
    ...(isOpen || ending === '' ? { open: { name, tail: ending } } : {}),
  });
  return true;
}

import type { JsonObject } from '../../model/index.ts';
import { composedImage } from './composed.ts';
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
  const keys = pairs.flatMap(keysOf);
  return new Set(found ? [...keys, ...partKeys, ...one.fields.map(({ key }) => key)] : keys);
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
  return new Set(pairs.filter((pair) => addComposed(pair, spot, to)).flatMap(keysOf));
}

function addComposed({ image, ending, fields, own = 0 }: Composed, spot: Spot, to: Walk): boolean {
  if (!judge(image, true).image) return false;
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
  });
  return true;
}

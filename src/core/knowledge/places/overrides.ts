import type { Json, JsonObject } from '../../model/index.ts';
import { asList, asText, isObject } from '../pods/index.ts';
import type { Finding } from './finding.ts';
import { judge } from './judge.ts';
import { behindName, fieldOf } from './parts.ts';
import { whole, type Spot, type Walk } from './tell.ts';

/**
 * The entries of kustomize's `images`, which Flux has too: what they look for stays, what they put in its place is
 * pulled. False for a list of anything else.
 *
 * @param sure the field can be nothing else
 */
export function renamings(list: Json | undefined, spot: Spot, sure: boolean, to: Walk): boolean {
  const entries = asList(list);
  const isEntry = (entry: Json): entry is JsonObject =>
    isObject(entry) &&
    typeof entry.name === 'string' &&
    (sure || entry.newName !== undefined || entry.newTag !== undefined);
  if (entries.length === 0 || !entries.every(isEntry)) return false;
  for (const [index, entry] of entries.entries()) renaming(entry, `${spot.path}/${index}`, to);
  return true;
}

function renaming(entry: JsonObject, path: string, to: Walk): void {
  const matches = asText(entry.name) ?? '';
  const newName = asText(entry.newName);
  const written = newName ?? matches;
  if (!judge(`${written}:1.0`, true).image) return;
  const tag = fieldOf(entry, ['newTag']);
  const digest = asText(entry.digest);
  const ending = `${tag === undefined ? '' : behindName(tag.text)}${digest === undefined ? '' : `@${digest}`}`;
  const key = newName === undefined ? 'name' : 'newName';
  const site = whole(`${path}/${key}`, written);
  const isOpen = ending === '' || !judge(`${written}${ending}`, true).image;
  to.images.push({
    image: `${written}${ending}`,
    place: to.place,
    name: 'newName',
    reason: 'named',
    site,
    parts: { fields: [{ written, site }], ending },
    override: {
      matches,
      site: whole(`${path}/name`, matches),
      ...(newName === undefined ? { field: 'newName' } : {}),
    },
    ...(isOpen ? { open: { name: written, tail: ending } } : {}),
  });
}

/** Argo CD's `kustomize.images`: `NAME=NEW:TAG`, `NAME:TAG`, `NAME`. False for anything else. */
export function argoRenamings(list: Json | undefined, spot: Spot, to: Walk): boolean {
  const entries = asList(list);
  if (entries.length === 0 || !entries.every((entry) => typeof entry === 'string')) return false;
  for (const [index, entry] of entries.entries()) {
    const at = entry.indexOf('=');
    const image = entry.slice(at + 1);
    if (!judge(/:[^/]*$|@/.test(image) ? image : `${image}:1.0`, true).image) continue;
    const matches = at < 0 ? image.replace(/(?::[^/:@]*)?(?:@.*)?$/, '') : entry.slice(0, at);
    const site = { path: `${spot.path}/${index}`, start: at + 1, end: entry.length };
    to.images.push({
      image,
      place: to.place,
      name: 'images',
      reason: 'named',
      site,
      override: { matches, ...(at < 0 ? { lead: `${matches}=` } : {}) },
      ...(/:[^/]*$|@/.test(image) ? {} : { open: { name: image, tail: '' } }),
    });
  }
  return true;
}

/** An override of Carvel's kbld: `{image: NAME, newImage: NEW}`. */
export function kbldOverrides(config: JsonObject, base: string, to: Walk): void {
  for (const [index, entry] of asList(config.overrides).entries()) {
    if (!isObject(entry)) continue;
    const [matches, image] = [asText(entry.image), asText(entry.newImage)];
    if (matches === undefined || image === undefined || !judge(image, true).image) continue;
    const finding: Finding = {
      image,
      place: to.place,
      name: 'newImage',
      reason: 'named',
      site: whole(`${base}/overrides/${index}/newImage`, image),
      override: { matches },
    };
    to.images.push(finding);
  }
}

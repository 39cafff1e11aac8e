import { tryParseReference } from '../../image/index.ts';
import type { Mirror } from '../../model/index.ts';
import { needsPlace, presets } from './presets.ts';
import { isBelow } from './schemes.ts';

const open = presets.filter((preset) => !needsPlace(preset)).flatMap(({ mirrors }) => mirrors);
const places = open.flatMap(({ at }) => at ?? []);
const hosts = new Set(open.flatMap(({ aliases = {} }) => Object.values(aliases)));

/** Does somebody unknown fill the mirror: is it, wholly or in part, where a public preset is, however it got into the configuration. */
export function isPublicMirror({ at, aliases = {} }: Pick<Mirror, 'at' | 'aliases'>): boolean {
  if (Object.values(aliases).some((host) => hosts.has(host))) return true;
  const sample = tryParseReference(`${at}/sample`);
  return sample !== undefined && places.some((place) => isBelow(place, sample));
}

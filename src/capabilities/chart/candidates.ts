import { tryParseReference } from '../../core/image/index.ts';
import { isObject } from '../../core/knowledge/pods/index.ts';
import type { Json } from '../../core/model/index.ts';
import { namesPartBelow, namesPartOfImage } from './reads.ts';
import { standsIn } from './replace-name.ts';
import { numbers, placeholder, type Leaf } from './trials.ts';
import type { ChartUsage } from './usages.ts';
import { writtenIn } from './written.ts';
import { leavesOf, valueAt, type ValuePath } from './values.ts';

const neverMoved =
  /(?:^|_)tag$|Tag$|[vV]ersion$|digest$|Digest$|^sha(?:256)?$|[pP]olicy$|^(?:full)?name[oO]verride$|[pP]assword$|[tT]oken$/;
const secrets = /[sS]ecrets?$/;

function isMovable(path: ValuePath): boolean {
  const last = String(path.findLast((key) => typeof key === 'string'));
  return !neverMoved.test(last) && !path.some((key) => secrets.test(String(key)));
}

/** Values whose text comes out in the names of images, as far as the text tells. */
export function setLeaves(inForce: Json, usages: Iterable<ChartUsage>): readonly Leaf[] {
  const images = [...new Set([...usages].map(({ image }) => image))]
    .filter((image) => image !== '')
    .toSorted((a, b) => b.length - a.length);
  let id = numbers.set;
  return leavesOf(inForce).flatMap(({ path, value }) => {
    if (typeof value !== 'string' || value === '') return [];
    const inside = images.includes(value) || !isMovable(path) ? [] : writtenIn(value, images);
    if (inside.length === 0 && !hasPart(value, path, images)) return [];
    id += 1;
    return [{ id, path, twins: [], value, isEmpty: false, inside, switches: [] }];
  });
}

function hasPart(value: string, path: ValuePath, images: readonly string[]): boolean {
  // A whole name is one, whatever it is called: `repositoryAndTag`.
  if (/[/:]/.test(value) && images.includes(value)) return true;
  if (!isMovable(path)) return false;
  return value.includes('{{') ? isTemplateOfSome(value, images) : isPartOfSome(value, path, images);
}

/** `{{ .Values.hub }}/app:{{ .Chart.AppVersion }}`. */
function isTemplateOfSome(value: string, images: readonly string[]): boolean {
  const written = value.split(/\{\{.*?\}\}/s).filter((text) => text.trim() !== '');
  if (!written.some((text) => /\w\/|\/\w/.test(text))) return false;
  return images.some((image) => written.every((text) => image.includes(text)));
}

function isPartOfSome(value: string, path: ValuePath, images: readonly string[]): boolean {
  const bare = value.replace(/^\/|\/$/g, '');
  if (bare === '' || /^(?:true|false|\d+)$/.test(bare)) return false;
  if (images.includes(value)) return true;
  if (!/[./:]/.test(bare)) {
    if (!path.some((key) => namesPartOfImage(String(key)))) return false;
    return images.some((image) => image.split(/[/:@]/).includes(bare));
  }
  const repository = tryParseReference(bare)?.repository.replace(/^library\//, '');
  return images.some(
    (image) =>
      image.includes(bare) ||
      standsIn(bare, image) ||
      (repository !== undefined && repository.length > 1 && image.includes(repository)),
  );
}

/** Places for a value that is empty, null or absent: values have them, or templates read them. */
export function emptyLeaves(inForce: Json, read: readonly ValuePath[]): readonly Leaf[] {
  const found = new Map<string, ValuePath>();
  for (const { path, value } of leavesOf(inForce)) {
    if ((value === '' || value === null) && !path.some((key) => typeof key === 'number'))
      found.set(path.join('\0'), path);
  }
  for (const path of read) {
    const value = valueAt(inForce, path);
    if (value !== undefined && value !== null && value !== '') continue;
    if (path.slice(1).some((_, depth) => isNoMap(valueAt(inForce, path.slice(0, depth + 1))))) continue;
    found.set(path.join('\0'), path);
  }
  const paths = [...found.values()].filter((path) => namesPartBelow(path) && isMovable(path));
  // A map that is read and absent is no place for a text.
  const parents = new Set(paths.map((path) => path.slice(0, -1).join('\0')));
  return paths
    .filter((path) => !parents.has(path.join('\0')))
    .map((path, index) => ({
      id: numbers.empty + index,
      path,
      twins: [],
      value: placeholder,
      isEmpty: true,
      inside: [],
      switches: [],
    }));
}

function isNoMap(value: Json | undefined): boolean {
  return value !== undefined && value !== null && !isObject(value);
}

/** Switches that are off beside a value: `privateRegistry: {enabled: false, host: ""}`. */
export function switchesBeside(
  inForce: Json,
  path: ValuePath,
  read: readonly ValuePath[],
): readonly ValuePath[] {
  const parent = path.slice(0, -1);
  const map = valueAt(inForce, parent);
  const keys = typeof map === 'object' && map !== null && !Array.isArray(map) ? Object.keys(map) : [];
  const known = keys.map((key) => [...parent, key]);
  const absent = read.filter((it) => it.length === path.length && parent.every((key, at) => it[at] === key));
  return [...known, ...absent].filter((it) => {
    const value = valueAt(inForce, it);
    return (
      (value === false || value === undefined) && /enable|^use|active|^on$|create/i.test(String(it.at(-1)))
    );
  });
}

import type { Json, JsonObject } from '../../core/model/index.ts';
import { isObject } from '../../core/knowledge/pods/index.ts';

/** Where a value stands: keys of maps and indexes of lists. */
export type ValuePath = readonly (string | number)[];

/** A value that is no map and no list with anything in it. */
export type ValueLeaf = { readonly path: ValuePath; readonly value: Json };

/** A path as `helm --set` writes it: a dot in a key gets a backslash, a list index brackets. */
export function pathText(path: ValuePath): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key.replaceAll('.', '\\.')}`))
    .join('')
    .replace(/^\./, '');
}

/** Every leaf of values, in their order. */
export function leavesOf(value: Json, path: ValuePath = []): readonly ValueLeaf[] {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((entry, index) => leavesOf(entry, [...path, index]));
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, entry]) =>
      entry === undefined ? [] : leavesOf(entry, [...path, key]),
    );
  }
  return path.length === 0 ? [] : [{ path, value }];
}

/** The value at a path; undefined where nothing is. */
export function valueAt(values: Json, path: ValuePath): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => {
    if (Array.isArray(value)) return typeof key === 'number' ? value[key] : undefined;
    return isObject(value) ? value[key] : undefined;
  }, values);
}

type Draft = { [key: string]: Json } | Json[];

/**
 * Values that set some paths and nothing else. Helm replaces a list as a whole, so that a list on the way is taken
 * over from the values that are in force.
 */
export function overrideOf(inForce: Json, settings: Iterable<readonly [ValuePath, Json]>): JsonObject {
  const root: { [key: string]: Json } = {};
  for (const [path, value] of settings) {
    let node: Draft = root;
    for (const [depth, key] of path.entries()) {
      if (depth === path.length - 1) put(node, key, value);
      else node = stepInto(node, key, valueAt(inForce, path.slice(0, depth + 1)));
    }
  }
  return root;
}

function stepInto(node: Draft, key: string | number, inForce: Json | undefined): Draft {
  const next = Array.isArray(node) ? node[Number(key)] : node[String(key)];
  if (typeof next === 'object' && next !== null) return next as Draft;
  const made: Draft = Array.isArray(inForce) ? (structuredClone(inForce) as Json[]) : {};
  put(node, key, made as Json);
  return made;
}

function put(node: Draft, key: string | number, value: Json): void {
  if (Array.isArray(node)) node[Number(key)] = value;
  else node[String(key)] = value;
}

import { asObject, isObject } from '../../../core/knowledge/pods/index.ts';
import { pointerTokens } from '../../../core/edit/index.ts';
import type { Json, JsonObject } from '../../../core/model/index.ts';

/**
 * A set of fields as `managedFields` writes it (FieldsV1; structured-merge-diff, fieldpath/serialize.go): `f:NAME` a
 * field, `k:{…}` the item of a list with those keys, `v:…` an item of a set, `i:N` an item by place; `.` or no children
 * at all: the element itself is in the set.
 */
export type FieldTree = JsonObject;

/** What is in both sets; undefined when that is nothing. */
export function intersect(a: FieldTree, b: FieldTree): FieldTree | undefined {
  const children = Object.keys(a)
    .filter((key) => key !== '.' && b[key] !== undefined)
    .flatMap((key) => {
      const both = intersect(asObject(a[key]), asObject(b[key]));
      return both === undefined ? [] : [[key, both] as const];
    });
  return node(hasSelf(a) && hasSelf(b), children);
}

/** What is in either set. */
export function union(a: FieldTree, b: FieldTree): FieldTree {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)].filter((key) => key !== '.'));
  const children = [...keys].map((key) => {
    const [left, right] = [a[key], b[key]];
    if (left === undefined || right === undefined) return [key, asObject(left ?? right)] as const;
    return [key, union(asObject(left), asObject(right))] as const;
  });
  return node(hasSelf(a) || hasSelf(b), children) ?? {};
}

/** Divides a set at an element: the element with all below it, and the rest; undefined where nothing is left. */
export function divide(
  tree: FieldTree,
  path: readonly string[],
): { readonly taken: FieldTree | undefined; readonly rest: FieldTree | undefined } {
  const [key, ...deeper] = path;
  if (key === undefined) return { taken: tree, rest: undefined };
  const child = tree[key];
  if (child === undefined) return { taken: undefined, rest: tree };
  const { taken, rest } = divide(asObject(child), deeper);
  const others = Object.entries(tree).filter(([name]) => name !== key && name !== '.');
  const kept = rest === undefined ? others : [...others, [key, rest] as const];
  return {
    taken: taken === undefined ? undefined : { [key]: taken },
    rest: node(
      hasSelf(tree),
      kept.map(([name, value]) => [name, asObject(value)] as const),
    ),
  };
}

/**
 * The way to a JSON pointer's element in a set, through the object that the set is about; undefined when it is not in
 * the set. A list or map that is owned as a whole (atomic) stands for everything in it.
 */
export function pathIn(tree: FieldTree, object: JsonObject, pointer: string): readonly string[] | undefined {
  const path: string[] = [];
  let set: FieldTree = tree;
  let value: unknown = object;
  for (const token of pointerTokens(pointer)) {
    if (path.length > 0 && Object.keys(set).every((key) => key === '.')) return path;
    const key = keyOf(set, value, token);
    if (key === undefined) return undefined;
    path.push(key);
    set = asObject(set[key]);
    value = Array.isArray(value) ? (value[Number(token)] as unknown) : asObject(value)[token];
  }
  return path;
}

function keyOf(set: FieldTree, value: unknown, token: string): string | undefined {
  if (!Array.isArray(value)) return set[`f:${token}`] === undefined ? undefined : `f:${token}`;
  const item: unknown = value[Number(token)];
  return Object.keys(set).find((key) => {
    if (key.startsWith('i:')) return key === `i:${token}`;
    const wanted = parse(key.slice(2));
    if (key.startsWith('v:')) return wanted === item;
    const keys = key.startsWith('k:') && isObject(wanted) ? Object.entries(wanted) : [];
    return keys.length > 0 && keys.every(([name, each]) => asObject(item)[name] === each);
  });
}

function hasSelf(tree: FieldTree): boolean {
  return tree['.'] !== undefined || Object.keys(tree).length === 0;
}

function node(self: boolean, children: readonly (readonly [string, FieldTree])[]): FieldTree | undefined {
  if (children.length === 0) return self ? {} : undefined;
  return { ...(self ? { '.': {} } : {}), ...Object.fromEntries(children) };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

import { isDeepStrictEqual } from 'node:util';
import type { PatchOperation } from '../../../core/edit/index.ts';
import { asObject, asObjects, dig, digText } from '../../../core/knowledge/pods/index.ts';
import { fieldManager, type JsonObject, type ObjectRef } from '../../../core/model/index.ts';
import { editObject } from '../edit-object.ts';
import type { ObjectApi, WriteOptions } from '../object-api.ts';
import { divide, intersect, pathIn, union, type FieldTree } from './field-tree.ts';

export type Release = WriteOptions & {
  /** JSON pointers of the fields that were put back; absent: everything that pullmend owns in the object. */
  readonly paths?: readonly string[];
  /** `metadata.managedFields` from before the fix: who owned those fields gets them back. */
  readonly former?: readonly JsonObject[];
};

/**
 * Gives fields back that pullmend wrote, after their values were put back. A write by JSON patch makes the writer the
 * owner of what it changes and takes that from whoever owned it before (server-side apply: an update forces), so that
 * a later apply of another value by the former owner would meet a conflict. The API server lets clients write
 * `managedFields`; a write that changes nothing else makes nobody an owner.
 *
 * @returns the object after it, or as it was when nothing was there to give back.
 */
export async function releaseFields(
  api: ObjectApi,
  ref: ObjectRef,
  { paths, former = [], ...options }: Release = {},
): Promise<JsonObject> {
  return await editObject(api, ref, (object) => releaseOperations(object, paths, former), options);
}

function releaseOperations(
  object: JsonObject,
  paths: readonly string[] | undefined,
  former: readonly JsonObject[],
): readonly PatchOperation[] {
  const entries = asObjects(dig(object, 'metadata', 'managedFields'));
  const given: FieldTree[] = [];
  const kept = entries.flatMap((entry) => {
    if (entry.manager !== fieldManager || entry.subresource !== undefined) return [entry];
    const { taken, rest } = takenFrom(asObject(entry.fieldsV1), object, paths);
    given.push(...taken);
    return rest === undefined ? [] : [{ ...entry, fieldsV1: rest }];
  });
  const after = former
    .filter(({ manager }) => manager !== fieldManager)
    .reduce<readonly JsonObject[]>((all, owner) => givenBack(all, owner, given), kept);
  if (isDeepStrictEqual(after, entries)) return [];
  // An empty list is taken for that of a client that knows no managed fields, and ignored; this one empties it.
  const value = after.length === 0 ? [{}] : after;
  return [{ op: 'replace', path: '/metadata/managedFields', value }];
}

function takenFrom(
  tree: FieldTree,
  object: JsonObject,
  paths: readonly string[] | undefined,
): { readonly taken: readonly FieldTree[]; readonly rest: FieldTree | undefined } {
  if (paths === undefined) return { taken: [tree], rest: undefined };
  const taken: FieldTree[] = [];
  let rest: FieldTree | undefined = tree;
  for (const pointer of paths) {
    if (rest === undefined) break;
    const path = pathIn(rest, object, pointer);
    if (path === undefined) continue;
    const divided: ReturnType<typeof divide> = divide(rest, path);
    if (divided.taken !== undefined) taken.push(divided.taken);
    ({ rest } = divided);
  }
  return { taken, rest };
}

/** The entries with what `owner` had of the given fields in its entry again. */
function givenBack(
  entries: readonly JsonObject[],
  owner: JsonObject,
  given: readonly FieldTree[],
): readonly JsonObject[] {
  const had = asObject(owner.fieldsV1);
  const back = given.map((tree) => intersect(had, tree)).filter((tree) => tree !== undefined);
  const [first, ...more] = back;
  if (first === undefined) return entries;
  const tree = more.reduce(union, first);
  const same = entries.find((entry) => isSameWriter(entry, owner));
  if (same === undefined) return [...entries, { ...owner, fieldsV1: tree }];
  return entries.map((entry) =>
    entry === same ? { ...entry, fieldsV1: union(asObject(entry.fieldsV1), tree) } : entry,
  );
}

function isSameWriter(a: JsonObject, b: JsonObject): boolean {
  return ['manager', 'operation', 'subresource', 'apiVersion'].every(
    (field) => digText(a, field) === digText(b, field),
  );
}

/** Who owns these fields of an object as it was read, for `Release.former`: its `managedFields`, cut to them. */
export function managersOf(object: JsonObject, paths: readonly string[]): readonly JsonObject[] {
  return asObjects(dig(object, 'metadata', 'managedFields')).flatMap((entry) => {
    const [first, ...more] = takenFrom(asObject(entry.fieldsV1), object, paths).taken;
    return first === undefined ? [] : [{ ...entry, fieldsV1: more.reduce(union, first) }];
  });
}

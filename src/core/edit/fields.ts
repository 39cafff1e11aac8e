import { isDeepStrictEqual } from 'node:util';
import { Pointer } from 'rfc6902';
import type { FieldChange, Json, JsonObject } from '../model/index.ts';

/** One operation of a JSON Patch (RFC 6902), the subset that pullmend sends. */
export type PatchOperation =
  | { readonly op: 'test' | 'add' | 'replace'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string };

/** `before`: as it was; `after`: as pullmend wrote it; `other`: somebody else's value, or the list was re-ordered. */
export type FieldState = 'before' | 'after' | 'other';

/** Reads a JSON pointer (RFC 6901); undefined where nothing is. */
export function readField(object: JsonObject, path: string): Json | undefined {
  return Pointer.fromJSON(path).get(object) as Json | undefined;
}

/** Tells whether an object still holds the old value of a field, already the new one, or another. */
export function fieldState(object: JsonObject, change: FieldChange): FieldState {
  const { guard } = change;
  if (guard !== undefined && !isDeepStrictEqual(readField(object, guard.path), guard.value)) return 'other';
  const value = readField(object, change.path);
  if (isDeepStrictEqual(value, change.after)) return 'after';
  return isDeepStrictEqual(value, change.before) ? 'before' : 'other';
}

/** The operation that writes the new value; `test`s for the old one are the caller's, see `preconditions`. */
export function forward(change: FieldChange): PatchOperation {
  const op = change.before === undefined ? 'add' : 'replace';
  return { op, path: change.path, value: change.after };
}

/** The operation that puts the old value back. */
export function backward(change: FieldChange): PatchOperation {
  if (change.before === undefined) return { op: 'remove', path: change.path };
  return { op: 'replace', path: change.path, value: change.before };
}

/**
 * Makes a patch fail unless the object is the very one that was read: JSON Patch cannot test that a field is
 * absent, the resource version can.
 */
export function preconditions(object: JsonObject): readonly PatchOperation[] {
  return ['/metadata/uid', '/metadata/resourceVersion'].flatMap((path) => {
    const value = readField(object, path);
    return value === undefined ? [] : [{ op: 'test' as const, path, value }];
  });
}

/** The parent of a JSON pointer: `/a/b/c` → `/a/b`. */
export function parentPath(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

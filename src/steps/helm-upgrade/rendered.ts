import { changedLeaves, readRenderedYaml } from '../../core/edit/index.ts';
import { isObject, kindInfo, objectRef } from '../../core/knowledge/pods/index.ts';
import type { StoredRelease } from '../../adapters/helm/index.ts';
import {
  objectName,
  type Json,
  type JsonObject,
  type ObjectRef,
  type ReleaseChange,
} from '../../core/model/index.ts';

/** An object that a release brings, in the namespace that Helm puts it into. */
export type Brought = { readonly ref: ObjectRef; readonly object: JsonObject };

/** The objects of a release's manifest. Errors: PM_FILE_BROKEN. */
export function broughtBy({ name, namespace, manifest }: StoredRelease): readonly Brought[] {
  return readRenderedYaml(manifest, `Release/${namespace}/${name}`)
    .flatMap((value) => (isObject(value) && value.kind !== undefined ? listed(value) : []))
    .map((object) => ({ ref: placed(objectRef(object), namespace), object }));
}

/** Helm takes lists apart. */
function listed(object: JsonObject): readonly JsonObject[] {
  const { kind, items } = object;
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return [object];
  return (items as readonly Json[]).filter(isObject);
}

function placed(ref: ObjectRef, namespace: string): ObjectRef {
  if (kindInfo(ref.kind)?.namespaced === false) return ref;
  return { ...ref, namespace: ref.namespace ?? namespace };
}

/** Every value that differs; an object that comes or goes differs as a whole. */
export function changesBetween(
  before: readonly Brought[],
  after: readonly Brought[],
): readonly ReleaseChange[] {
  const [old, young] = [before, after].map(
    (all) => new Map(all.map((one) => [keyOf(one.ref), one] as const)),
  ) as [Map<string, Brought>, Map<string, Brought>];
  const refs = new Map([...before, ...after].map(({ ref }) => [keyOf(ref), ref] as const));
  return [...refs].flatMap(([key, object]) =>
    changedLeaves(old.get(key)?.object, young.get(key)?.object, '').map((leaf) => ({
      object,
      ...leaf,
      // Of an object that comes or goes.
      path: leaf.path === '' ? '/' : leaf.path,
    })),
  );
}

function keyOf(ref: ObjectRef): string {
  return `${ref.apiVersion} ${objectName(ref)}`;
}

import { changedLeaves, readYaml, type Leaf } from '../../core/edit/index.ts';
import { asObject, objectRef } from '../../core/knowledge/pods/index.ts';
import { objectName, type JsonObject, type ObjectRef } from '../../core/model/index.ts';

/** What a build makes, by `Kind/namespace/name`. */
export type BuiltObjects = ReadonlyMap<string, JsonObject>;

export type BuiltLeaf = Leaf & { readonly object: string };

export function builtKey(ref: ObjectRef): string {
  return `${ref.apiVersion} ${objectName(ref)}`;
}

export function builtObjects(text: string): BuiltObjects {
  return new Map(
    readYaml(text, '').map(({ value }) => {
      const object = asObject(value);
      return [builtKey(objectRef(object)), object];
    }),
  );
}

/** Every value that differs between two builds. */
export function differences(before: BuiltObjects, after: BuiltObjects): readonly BuiltLeaf[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((object) =>
    changedLeaves(before.get(object), after.get(object)).map((leaf) => ({ ...leaf, object })),
  );
}

/** Stands for the hash at the end of a generated name, which changes with the content. */
export const hashMark = '-pullmend-hash';

/** A build without the hashes of generated names (kustomize api/hasher: ten characters of these). */
export function withoutHashes(text: string, generators: readonly string[]): string {
  if (generators.length === 0) return text;
  const names = generators.map((name) => name.replaceAll(/[^\w-]/g, String.raw`\$&`)).join('|');
  return text.replaceAll(
    new RegExp(`(${names})([\\w.-]*?)-[bcdfghkmt2456789]{10}(?![\\w-])`, 'g'),
    `$1$2${hashMark}`,
  );
}

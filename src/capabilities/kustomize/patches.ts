import { readYaml } from '../../core/edit/index.ts';
import { asObject, asText, objectRef } from '../../core/knowledge/pods/index.ts';
import type { JsonObject, SourceFile } from '../../core/model/index.ts';
import { stringify } from 'yaml';
import { hashMark, type BuiltLeaf, type BuiltObjects } from './built.ts';

/** One entry of `patches:`: a JSON Patch (RFC 6902) and the object that it is for. */
export type KustomizePatch = {
  readonly object: string;
  readonly leaves: readonly BuiltLeaf[];
  readonly entry: JsonObject;
};

/**
 * Patches that give values their new texts. A value of one line is tested for its old text first: when the base moves
 * on, the build fails instead of keeping an old image in silence.
 */
export function patchesFor(
  kustomization: SourceFile,
  built: BuiltObjects,
  leaves: readonly BuiltLeaf[],
): readonly KustomizePatch[] {
  const content = asObject(readYaml(kustomization.text, kustomization.path)[0]?.value);
  const patches: KustomizePatch[] = [];
  for (const [object, own] of Map.groupBy(leaves, (leaf) => leaf.object)) {
    const value = built.get(object);
    const operations = own.flatMap(operationsOf);
    // A patch would repeat what a Secret holds.
    if (value === undefined || value.kind === 'Secret' || operations.length === 0) continue;
    const target = targetOf(value, content);
    const patch = stringify(operations, { lineWidth: 0 }).trimEnd();
    patches.push({ object, leaves: own, entry: { target, patch } });
  }
  return patches;
}

function operationsOf({ path, before, after }: BuiltLeaf): readonly JsonObject[] {
  if (after === undefined) return [];
  if (before === undefined) return [{ op: 'add', path, value: after }];
  // kustomize cuts line breaks off the end of a patch: a text of several lines must not stand there.
  if (typeof after === 'string' && after.includes('\n')) return [{ op: 'replace', value: after, path }];
  return [
    ...(typeof before === 'string' ? [{ op: 'test', path, value: before }] : []),
    { op: 'replace', path, value: after },
  ];
}

/** The name that the object has when patches are carried out: before prefix, suffix and hash are put on. */
function targetOf(object: JsonObject, content: JsonObject): JsonObject {
  const { apiVersion, kind, namespace, name } = objectRef(object);
  const prefix = asText(content.namePrefix) ?? '';
  const suffix = asText(content.nameSuffix) ?? '';
  let own = name.replace(hashMark, '');
  if (prefix !== '' && own.startsWith(prefix)) own = own.slice(prefix.length);
  if (suffix !== '' && own.endsWith(suffix)) own = own.slice(0, -suffix.length);
  const [version = '', group] = apiVersion.split('/').toReversed();
  return {
    ...(group === undefined ? {} : { group }),
    version,
    kind,
    name: own,
    ...(namespace === undefined || content.namespace !== undefined ? {} : { namespace }),
  };
}

import { asObject, asObjects, asText, digText, isObject } from '../../core/knowledge/pods/index.ts';
import type { Json, JsonObject } from '../../core/model/index.ts';
import type { BuiltLeaf, BuiltObjects } from './built.ts';
import { pointerToken } from '../../core/base/index.ts';

/** Where `replacements:` take texts of images from. */
export type Filled = {
  /** The fields that they read, and what must stand there. */
  readonly sources: readonly BuiltLeaf[];
  /** The images that they fill, as `OBJECT PATH`: neither an entry nor a patch reaches them, since they come last. */
  readonly keys: ReadonlySet<string>;
};

/**
 * Finds the fields whose texts become images, wholly or as a part: a registry before a delimiter. What the fields must
 * hold is solved from what the images must become; a build proves it.
 */
export function filledByReplacements(
  replacements: readonly JsonObject[],
  built: BuiltObjects,
  leaves: readonly BuiltLeaf[],
): Filled {
  const found = new Map<string, { readonly source: BuiltLeaf; readonly keys: readonly string[] }>();
  for (const { source, targets } of replacements) {
    const field = fieldOf(asObject(source), built);
    if (field === undefined || field.text === '') continue;
    const filled = leaves.filter((leaf) =>
      asObjects(targets).some((target) => isAimedAt(target, leaf, built)),
    );
    const wanted = filled.flatMap((leaf) => {
      const text = solved(field.text, leaf);
      return text === undefined ? [] : [{ text, key: `${leaf.object} ${leaf.path}` }];
    });
    const [first] = wanted;
    // Images that want different things of one field cannot have them.
    if (first === undefined || wanted.some(({ text }) => text !== first.text)) continue;
    const { object, path, text: before } = field;
    const known = found.get(`${object} ${path}`);
    if (known !== undefined && known.source.after !== first.text) continue;
    const keys = [...(known?.keys ?? []), ...wanted.map(({ key }) => key)];
    found.set(`${object} ${path}`, { source: { object, path, before, after: first.text }, keys });
  }
  const all = [...found.values()];
  return { sources: all.map(({ source }) => source), keys: new Set(all.flatMap(({ keys }) => keys)) };
}

type Field = { readonly object: string; readonly path: string; readonly text: string };

/** The one field that a source selects. */
function fieldOf(source: JsonObject, built: BuiltObjects): Field | undefined {
  const { fieldPath, ...select } = source;
  const fields = [...built].flatMap(([object, value]) => {
    if (!isSelected(select, value)) return [];
    const path = pointerOf(asText(fieldPath) ?? 'metadata.name', value);
    const text = path === undefined ? undefined : valueAtPointer(value, path);
    return path === undefined || typeof text !== 'string' ? [] : [{ object, path, text }];
  });
  return fields.length === 1 ? fields[0] : undefined;
}

/** By kind and name; prefixes, suffixes and hashes have been put to the names of what is built. */
function isSelected({ group, version, kind, name, namespace }: JsonObject, object: JsonObject): boolean {
  const [ownVersion, ownGroup = ''] = (digText(object, 'apiVersion') ?? '').split('/').toReversed();
  const has = (wanted: Json | undefined, own: string | undefined): boolean =>
    asText(wanted) === undefined || asText(wanted) === own;
  return (
    has(kind, digText(object, 'kind')) &&
    has(group, ownGroup) &&
    has(version, ownVersion) &&
    has(namespace, digText(object, 'metadata', 'namespace')) &&
    (digText(object, 'metadata', 'name') ?? '').includes(asText(name) ?? '')
  );
}

function isAimedAt(
  { select, fieldPaths }: JsonObject,
  { object, path }: BuiltLeaf,
  built: BuiltObjects,
): boolean {
  const value = built.get(object);
  if (value === undefined || !isSelected(asObject(select), value)) return false;
  const last = path.split('/').at(-1);
  return (Array.isArray(fieldPaths) ? fieldPaths : []).some(
    (field) => asText(field) !== undefined && keysOf(String(field)).at(-1) === last,
  );
}

/** What the field must hold so that the image becomes what it must: the rest of the image stays around it. */
function solved(text: string, { before, after }: BuiltLeaf): string | undefined {
  if (typeof before !== 'string' || typeof after !== 'string') return undefined;
  const start = before.indexOf(text);
  if (start < 0 || before.includes(text, start + 1)) return undefined;
  const [head, tail] = [before.slice(0, start), before.slice(start + text.length)];
  if (!after.startsWith(head) || !after.endsWith(tail)) return undefined;
  const wanted = after.slice(head.length, after.length - tail.length);
  return wanted === '' || wanted === text ? undefined : wanted;
}

/** Keys of a field path (kustomize kyaml/utils/pathsplitter.go): dots part them, `\.` is a dot in a key. */
function keysOf(fieldPath: string): readonly string[] {
  return (fieldPath.match(/(?:\[[^\]]*\]|\\.|[^.\\])+/g) ?? []).map((key) => key.replaceAll('\\.', '.'));
}

function pointerOf(fieldPath: string, object: JsonObject): string | undefined {
  let value: Json | undefined = object;
  let pointer = '';
  for (const key of keysOf(fieldPath)) {
    const [, name, wanted] = /^\[(.+?)=(.*)\]$/.exec(key) ?? [];
    if (Array.isArray(value)) {
      const index: number =
        name === undefined
          ? Number(key)
          : value.findIndex((it) => isObject(it) && String(it[name]) === wanted);
      value = value[index];
      pointer += `/${index}`;
    } else {
      value = asObject(value)[key];
      pointer += `/${pointerToken(key)}`;
    }
    if (value === undefined) return undefined;
  }
  return pointer;
}

function valueAtPointer(object: JsonObject, pointer: string): Json | undefined {
  return keysOfPointer(pointer).reduce<Json | undefined>(
    (value, key) => (Array.isArray(value) ? value[Number(key)] : asObject(value)[key]),
    object,
  );
}

function keysOfPointer(pointer: string): readonly string[] {
  return pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What is built, with texts put into some of its fields. */
export function withTexts(built: BuiltObjects, leaves: readonly BuiltLeaf[]): BuiltObjects {
  const done = new Map(built);
  for (const { object, path, after } of leaves) {
    const copy: unknown = structuredClone(done.get(object));
    const keys = keysOfPointer(path);
    const parent = keys
      .slice(0, -1)
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], copy);
    if (typeof parent !== 'object' || parent === null) continue;
    Object.assign(parent, { [keys.at(-1) ?? '']: after });
    done.set(object, copy as JsonObject);
  }
  return done;
}

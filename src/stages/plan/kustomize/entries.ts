import { fieldEdit, readYaml, type ListAddition } from '../../../core/edit/index.ts';
import { asObject, asObjects, asText } from '../../../core/knowledge/pods/index.ts';
import type { EditFileStep, JsonObject, SourceFile } from '../../../core/model/index.ts';
import { differences, type BuiltLeaf, type BuiltObjects } from './built.ts';

/** Where the transformer looks (kustomize api/konfig/builtinpluginconsts/images.go and its legacy image filter). */
const imageField = /\/(?:containers|initContainers)\/\d+\/image$/;

type Wish = { readonly newName: string; readonly newTag?: string; readonly digest?: string };

/**
 * The entries of `images:` that give as many images as they can their new names: entries that make the old name are
 * edited, others added. An entry moves every image of a name, so a name whose images part ways gets none.
 */
export function imageEntries(
  file: SourceFile,
  built: BuiltObjects,
  wanted: BuiltObjects,
  blocked: ReadonlySet<string>,
): { readonly edits: EditFileStep['edits']; readonly addition: ListAddition } {
  const wishes = wishesByName(built, wanted);
  const [document] = readYaml(file.text, file.path);
  const entries = asObjects(asObject(document?.value).images);
  const edits: EditFileStep['edits'][number][] = [];
  const items: JsonObject[] = [];
  for (const [name, wish] of wishes) {
    if (wish === undefined || blocked.has(name)) continue;
    const at = entries.findLastIndex((entry) => (asText(entry.newName) ?? asText(entry.name)) === name);
    const position = document?.locate(`/images/${at}/name`);
    if (position === undefined) {
      items.push({ name, ...wish });
      continue;
    }
    for (const [key, value] of Object.entries(wish)) {
      const edit = fieldEdit(file.text, position, { beside: `/images/${at}/name`, key, value });
      if (edit !== undefined) edits.push(edit);
    }
  }
  return { edits, addition: { key: 'images', items } };
}

/** Undefined for a name whose images want different things, or of which one stays. */
function wishesByName(built: BuiltObjects, wanted: BuiltObjects): ReadonlyMap<string, Wish | undefined> {
  const changed = differences(built, wanted).filter(({ path }) => imageField.test(path));
  const wishes = new Map<string, Wish | undefined>();
  for (const { before, after } of changed) {
    if (typeof before !== 'string' || typeof after !== 'string') continue;
    const name = imageName(before);
    const wish = wishOf(before, after);
    const known = wishes.get(name);
    const isSame = !wishes.has(name) || JSON.stringify(known) === JSON.stringify(wish);
    wishes.set(name, isSame ? wish : undefined);
  }
  for (const image of staying(built, changed))
    if (wishes.has(imageName(image))) wishes.set(imageName(image), undefined);
  return wishes;
}

function wishOf(before: string, after: string): Wish {
  const [old, young] = [partsOf(before), partsOf(after)];
  return {
    newName: young.name,
    ...(young.tag === old.tag || young.tag === undefined ? {} : { newTag: young.tag }),
    ...(young.digest === old.digest || young.digest === undefined ? {} : { digest: young.digest }),
  };
}

/** Images in the fields of the transformer that keep their names. */
function staying(built: BuiltObjects, changed: readonly BuiltLeaf[]): readonly string[] {
  const moved = new Set(changed.map(({ object, path }) => `${object} ${path}`));
  return [...built].flatMap(([object, value]) =>
    textsBelow(value, '').flatMap(([path, text]) =>
      imageField.test(path) && !moved.has(`${object} ${path}`) ? [text] : [],
    ),
  );
}

function textsBelow(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsBelow(inner, `${path}/${key}`));
}

/** The name without tag and digest, as kustomize takes it apart. */
export function imageName(image: string): string {
  return partsOf(image).name;
}

function partsOf(image: string): { readonly name: string; readonly tag?: string; readonly digest?: string } {
  const [before = '', digest] = image.split('@');
  const tag = /:([^/:]*)$/.exec(before)?.[1];
  return {
    name: tag === undefined ? before : before.slice(0, -tag.length - 1),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

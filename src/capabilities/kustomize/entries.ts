import { fieldEdit, readYaml, type ListAddition } from '../../core/edit/index.ts';
import { asObject, asObjects, asText } from '../../core/knowledge/pods/index.ts';
import type { EditFileStep, Json, JsonObject, SourceFile } from '../../core/model/index.ts';
import { differences, type BuiltObjects } from './built.ts';

/** Where the transformer looks (kustomize api/konfig/builtinpluginconsts/images.go and its legacy image filter). */
const imageField = /\/(?:containers|initContainers)\/\d+\/image$/;

type Wish = { readonly newName: string; readonly newTag?: string; readonly digest?: string };

/** A value that changes from one text to another. */
type Change = {
  readonly key: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
};

/**
 * The entries of `images:` that give as many images as they can their new names: entries that make the old name are
 * edited, wherever they reach (`configurations` may add fields); others are added. An entry moves every image of a
 * name, so a name whose images part ways gets none.
 *
 * @param blocked names that get no entry
 * @param filled places that an entry does not reach
 */
export function imageEntries(
  file: SourceFile,
  built: BuiltObjects,
  wanted: BuiltObjects,
  blocked: ReadonlySet<string>,
  filled: ReadonlySet<string>,
): { readonly edits: EditFileStep['edits']; readonly addition: ListAddition } {
  const all = changesIn(built, wanted);
  const changes = all.filter(({ key, before }) => !blocked.has(imageName(before)) && !filled.has(key));
  const stay = staying(built, new Set(all.map(({ key }) => key)));
  const [document] = readYaml(file.text, file.path);
  const edits: EditFileStep['edits'][number][] = [];
  const carried = new Set<Change>();
  for (const [at, entry] of asObjects(asObject(document?.value).images).entries()) {
    const made = changes.filter(({ before }) => isMadeBy(entry, before));
    const wish = stay.some((image) => isMadeBy(entry, image)) ? undefined : commonWish(made);
    const position = document?.locate(`/images/${at}/name`);
    if (wish === undefined || position === undefined) continue;
    for (const [key, value] of Object.entries(wish)) {
      const edit = fieldEdit(file.text, position, { beside: `/images/${at}/name`, key, value });
      if (edit !== undefined) edits.push(edit);
    }
    for (const change of made) carried.add(change);
  }
  const fresh = changes.filter((change) => imageField.test(change.path) && !carried.has(change));
  const items = [...Map.groupBy(fresh, ({ before }) => imageName(before))].flatMap(([name, own]) => {
    const wish = stay.some((image) => imageName(image) === name) ? undefined : commonWish(own);
    return wish === undefined ? [] : [{ name, ...wish }];
  });
  return { edits, addition: { key: 'images', items } };
}

/** Does an entry give an image this name: with its own tag, where it sets one. */
function isMadeBy({ name, newName, newTag, digest }: JsonObject, image: string): boolean {
  const made = partsOf(image);
  const has = (given: Json | undefined, part: string | undefined): boolean =>
    given === undefined || String(given) === part;
  return made.name === (asText(newName) ?? asText(name)) && has(newTag, made.tag) && has(digest, made.digest);
}

function changesIn(built: BuiltObjects, wanted: BuiltObjects): readonly Change[] {
  return differences(built, wanted).flatMap(({ object, path, before, after }) =>
    typeof before === 'string' && typeof after === 'string'
      ? [{ key: `${object} ${path}`, path, before, after }]
      : [],
  );
}

/** What all of them want; undefined when they want different things. */
function commonWish(changes: readonly Change[]): Wish | undefined {
  const [wish, ...others] = changes.map(({ before, after }) => wishOf(before, after));
  return others.every((other) => JSON.stringify(other) === JSON.stringify(wish)) ? wish : undefined;
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
function staying(built: BuiltObjects, changed: ReadonlySet<string>): readonly string[] {
  return [...built].flatMap(([object, value]) =>
    textsBelow(value, '').flatMap(([path, text]) =>
      imageField.test(path) && !changed.has(`${object} ${path}`) ? [text] : [],
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

import type { YamlDocument } from '../../../core/edit/index.ts';
import { asObject, asObjects, asText } from '../../../core/knowledge/pods/index.ts';
import type { FilePosition, SourceFile, Usage } from '../../../core/model/index.ts';
import { imagesIn } from '../files/images-in.ts';
import { sourceFiles } from './source-files.ts';

/** Finds where the image of a built object was written; undefined when it stands nowhere as it is, or in doubt. */
export async function originsOf(folder: string): Promise<(usage: Usage) => FilePosition | undefined> {
  const { kustomizations, manifests } = await sourceFiles(folder);
  const written = manifests.flatMap(usagesIn);
  const renamed = kustomizations.flatMap(({ document }) => replacementsIn(document));
  return (usage) => {
    const same = written.filter((source) => isSame(source, usage));
    const named = same.filter(({ object }) => usage.object.name.includes(object.name));
    const [only, ...more] = distinct(
      (named.length > 0 ? named : same).flatMap(({ position }) => position ?? []),
    );
    if (only !== undefined) return more.length === 0 ? only : undefined;
    return renamed.find(({ makes }) => makes(usage.image))?.position;
  };
}

function usagesIn(file: SourceFile): readonly Usage[] {
  try {
    return imagesIn(file).usages;
  } catch {
    // What kustomize could read and we cannot has no position.
    return [];
  }
}

/** Names of objects may get a prefix, a suffix and a hash. */
function isSame(source: Usage, built: Usage): boolean {
  return (
    source.image === built.image &&
    source.place === built.place &&
    source.name === built.name &&
    source.object.kind === built.object.kind
  );
}

function distinct(positions: readonly FilePosition[]): readonly FilePosition[] {
  return [...new Map(positions.map((it) => [`${it.file} ${it.offset}`, it])).values()];
}

type Replacement = { readonly makes: (image: string) => boolean; readonly position: FilePosition };

/** Entries of `images:` in a kustomization. */
function replacementsIn(document: YamlDocument): readonly Replacement[] {
  return asObjects(asObject(document.value).images).flatMap((entry, index) => {
    const [newName, name] = [asText(entry.newName), asText(entry.name)];
    const newTag = typeof entry.newTag === 'number' ? String(entry.newTag) : asText(entry.newTag);
    const digest = asText(entry.digest);
    const field = newName !== undefined ? 'newName' : digest !== undefined ? 'digest' : 'newTag';
    const position = document.locate(`/images/${index}/${field}`);
    const path = newName ?? name;
    if (position === undefined || path === undefined) return [];
    const ending = digest !== undefined ? `@${digest}` : newTag !== undefined ? `:${newTag}` : undefined;
    const makes = (image: string): boolean =>
      ending === undefined ? image.replace(/[:@][^/]*$/, '') === path : image === `${path}${ending}`;
    return [{ makes, position }];
  });
}

import { rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import {
  makeFolder,
  makeTemporaryFolder,
  readTextFile,
  writeFileAtomic,
} from '../../adapters/files/index.ts';
import { buildKustomization } from '../../adapters/kustomize/index.ts';
import { isError, PullmendError } from '../../core/base/index.ts';
import { readYaml, spliceText } from '../../core/edit/index.ts';
import { asObject, asObjects, asText } from '../../core/knowledge/pods/index.ts';
import type { EditFileStep, Json, JsonObject, SourceFile } from '../../core/model/index.ts';
import { generatorFiles } from './generators.ts';
import { withoutHashes } from './built.ts';
import { copyKustomization, generatorsIn, kustomizationFiles, rootOf } from '../../stages/source/index.ts';
import type { World } from '../../access/index.ts';

type Edits = EditFileStep['edits'];

/** A kustomization and all that it is made of. */
export type KustomizeTree = {
  readonly kustomization: SourceFile;
  /** Files of its own generators. */
  readonly generated: readonly SourceFile[];
  /** Entries of its `replacements:`, those of files too. */
  readonly replacements: readonly JsonObject[];
  /** Folders of all kustomizations that it is made of. */
  readonly folders: readonly string[];
  /** What it makes, as it is, without the hashes of generated names. */
  readonly build: () => Promise<string>;
  /** What it would make with these edits: built from a copy in the folder for temporary files. */
  readonly buildWith: (edits: Edits) => Promise<string>;
  /** All its files with these edits, as they lie below what they have in common. */
  readonly writeBelow: (folder: string, edits: Edits) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Reads a kustomization. Errors: PM_KUSTOMIZE_NONE, PM_KUSTOMIZE_REMOTE, PM_FILE_BROKEN, PM_FILE_REPEATED_KEY, PM_FILE_UNREADABLE. */
export async function openTree(
  folder: string,
  enableHelm: boolean,
  { options: { env, signal } }: World,
): Promise<KustomizeTree> {
  const home = resolve(folder);
  const files = await kustomizationFiles(home);
  const { kustomizations, absent, broken } = files;
  // Reading them again tells where.
  for (const { text, path } of broken) readYaml(text, path);
  const [top] = kustomizations;
  if (top === undefined) throw new PullmendError('PM_KUSTOMIZE_NONE', { folder });
  const [first] = absent;
  if (first !== undefined) throw new PullmendError('PM_KUSTOMIZE_REMOTE', first);
  const repeated = top.document.repeatedKey();
  if (repeated !== undefined) {
    throw new PullmendError('PM_FILE_REPEATED_KEY', { file: top.file.path, ...repeated });
  }
  const names = kustomizations.flatMap(({ document }) =>
    generatorsIn(document.value).flatMap(({ name }) => asText(name) ?? []),
  );
  const generated = await Promise.all(
    generatorFiles(top.file)
      .map((entry) => join(home, entry))
      .filter((path) => path.startsWith(home + sep))
      .map(async (path) => await readText(path)),
  );
  const texts = generated.filter((file) => file !== undefined);
  const editable = [top.file, ...new Map(texts.map((file) => [file.path, file])).values()];
  const folders = kustomizations.map(({ file }) => dirname(file.path));
  const { root } = rootOf(files);
  const copy = await makeTemporaryFolder('kustomize');
  const build = async (path: string): Promise<string> =>
    withoutHashes(await buildKustomization(path, { env, signal, enableHelm }), names);
  const editing = editable.map(({ path }) => path);

  let isCopied = false;
  const buildWith = async (edits: Edits): Promise<string> => {
    if (!isCopied) await copyKustomization(files, copy, editing);
    isCopied = true;
    for (const file of editable) {
      const target = join(copy, relative(root, file.path));
      await makeFolder(dirname(target));
      await writeFile(target, edited(file, edits));
    }
    return await build(join(copy, relative(root, home)));
  };

  return {
    kustomization: top.file,
    generated: editable.slice(1),
    replacements: await replacementsIn(top.document.value, home),
    folders,
    // Charts are pulled beside the kustomization: not into the user's folder.
    build: async () => (enableHelm ? await buildWith([]) : await build(home)),
    buildWith,
    async writeBelow(out, edits) {
      await copyKustomization(files, out);
      for (const file of editable)
        await writeFileAtomic(join(out, relative(root, file.path)), edited(file, edits));
    },
    close: async () => await rm(copy, { recursive: true, force: true }),
  };
}

function edited({ path, text }: SourceFile, edits: Edits): string {
  return spliceText(
    text,
    edits.filter(({ file }) => file === path),
  );
}

async function replacementsIn(value: Json, home: string): Promise<readonly JsonObject[]> {
  const entries = await Promise.all(
    asObjects(asObject(value).replacements).map(async (entry) => {
      const path = asText(entry.path);
      if (path === undefined) return [entry];
      const file = await readText(join(home, path));
      // One entry, or a list of them.
      return file === undefined
        ? []
        : readYaml(file.text, file.path).flatMap((it) =>
            Array.isArray(it.value) ? asObjects(it.value) : [asObject(it.value)],
          );
    }),
  );
  return entries.flat();
}

/** Undefined for what is no text: it goes into the ConfigMap as it is. */
async function readText(path: string): Promise<SourceFile | undefined> {
  try {
    return await readTextFile(path);
  } catch (error) {
    if (isError(error, 'PM_FILE_UNREADABLE')) return undefined;
    throw error;
  }
}

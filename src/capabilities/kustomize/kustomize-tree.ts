import { rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import {
  copyRegular,
  makeFolder,
  makeTemporaryFolder,
  readTextFile,
  writeFileAtomic,
} from '../../adapters/files/index.ts';
import { buildKustomization } from '../../adapters/kustomize/index.ts';
import { isError, PullmendError, reasonOf } from '../../core/base/index.ts';
import { readYaml, spliceText } from '../../core/edit/index.ts';
import { asText } from '../../core/knowledge/pods/index.ts';
import type { EditFileStep, SourceFile } from '../../core/model/index.ts';
import { generatorFiles } from './generators.ts';
import { withoutHashes } from './built.ts';
import { generatorsIn, kustomizationFiles } from '../../stages/source/index.ts';
import { commonFolder } from '../rewrite/index.ts';
import type { World } from '../../access/index.ts';

/** More than any build makes of it. */
const maxTreeBytes = 128 * 1024 * 1024;

type Edits = EditFileStep['edits'];

/** A kustomization and all that it is made of. */
export type KustomizeTree = {
  readonly kustomization: SourceFile;
  /** Files of its own generators. */
  readonly generated: readonly SourceFile[];
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
export async function openTree(folder: string, { options: { env, signal } }: World): Promise<KustomizeTree> {
  const home = resolve(folder);
  const { kustomizations, manifests, others, absent, broken } = await kustomizationFiles(home);
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
  const paths = [
    ...kustomizations.map(({ file }) => file.path),
    ...manifests.map((it) => it.path),
    ...others,
  ];
  const generated = await Promise.all(
    generatorFiles(top.file)
      .map((entry) => join(home, entry))
      .filter((path) => path.startsWith(home + sep))
      .map(async (path) => await readText(path)),
  );
  const texts = generated.filter((file) => file !== undefined);
  const editable = [top.file, ...new Map(texts.map((file) => [file.path, file])).values()];
  const folders = kustomizations.map(({ file }) => dirname(file.path));
  const root = commonFolder([...folders, ...paths.map(dirname)]);
  const copy = await makeTemporaryFolder('kustomize');
  const build = async (path: string): Promise<string> =>
    withoutHashes(await buildKustomization(path, { env, signal }), names);
  const editing = editable.map(({ path }) => path);

  return {
    kustomization: top.file,
    generated: editable.slice(1),
    folders,
    build: async () => await build(home),
    async buildWith(edits) {
      await copyFiles(
        paths.filter((path) => !editing.includes(path)),
        root,
        copy,
      );
      for (const file of editable) {
        const target = join(copy, relative(root, file.path));
        await makeFolder(dirname(target));
        await writeFile(target, edited(file, edits));
      }
      return await build(join(copy, relative(root, home)));
    },
    async writeBelow(out, edits) {
      await copyFiles(paths, root, out);
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

async function copyFiles(paths: readonly string[], root: string, into: string): Promise<void> {
  let left = maxTreeBytes;
  for (const path of paths) {
    const target = join(into, relative(root, path));
    await makeFolder(dirname(target));
    left -= await copyRegular(path, target, left).catch((cause: unknown) => {
      throw new PullmendError('PM_FILE_UNREADABLE', { file: path, reason: reasonOf(cause) }, { cause });
    });
  }
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

import { stepsOfKind } from '../../steps/index.ts';
import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import pLimit from 'p-limit';
import { commonFolder, makeFolder, writeFileAtomic } from '../../adapters/files/index.ts';
import { PullmendError, reasonOf } from '../../core/base/index.ts';
import { editsDiff, secretLines, spliceText } from '../../core/edit/index.ts';
import { mirrorReference } from '../../core/knowledge/mirrors/index.ts';
import { parseReference } from '../../core/image/index.ts';
import {
  isDirect,
  type EditFileStep,
  type ImagesOfFile,
  type ListingNote,
  type MirrorSet,
  type Rewrite,
  type SourceFile,
  type Supply,
} from '../../core/model/index.ts';
import { apply } from '../../stages/apply/index.ts';
import { planRewrite, type RewriteChoice } from '../../stages/plan/index.ts';
import { manifestsBelow } from '../../stages/source/index.ts';
import { toolsFor } from '../repair/index.ts';
import { inTurn } from './in-turn.ts';
import { installerSettings } from './installer-settings.ts';
import { supplyFor } from '../../stages/supply/index.ts';
import { newRunName, type World } from '../../access/index.ts';

/** Each of them waits for the disk. */
const writesAtOnce = 16;

export type RewriteOptions = RewriteChoice & {
  /** Set the registry of KubeSphere and KubeKey configurations too. */
  readonly setRegistry?: boolean;
  /** Globs of files in the folders. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** `look` only plans: for a patch, or a check. */
  readonly to: 'look' | 'in-place' | { readonly folder: string };
};

export type RewriteResult = Rewrite & {
  readonly notes: readonly ListingNote[];
  /** The run that `undo` takes back; of files in place only. */
  readonly run?: string;
  readonly errors: readonly PullmendError[];
  /** Unified diffs of the files that change, as `git apply` takes them. */
  readonly patches: () => readonly string[];
  /** How many changes are in none of them, since they stand in documents with a Secret. */
  readonly hidden?: () => number;
  /** The files with their new texts, changed or not. */
  readonly texts?: () => readonly string[];
};

/**
 * Names the images of manifests anew. Errors: those of reading, PM_FILE_REPEATED_KEY, PM_NOT_A_MANIFEST,
 * PM_OUT_OVER_SOURCE; PM_FILE_CHANGED is a result, of one file.
 */
export async function rewrite(
  paths: readonly string[],
  options: RewriteOptions,
  world: World,
): Promise<RewriteResult> {
  return await inTurn(options, world, async () => await rewritten(paths, options, world));
}

async function rewritten(
  paths: readonly string[],
  options: RewriteOptions,
  world: World,
): Promise<RewriteResult> {
  const { to } = options;
  if (typeof to === 'object') await refuseOverSource(to.folder, paths);
  const { include, exclude } = options;
  const { followLinks, signal, readStdin } = world.options;
  const how = { include, exclude, followLinks, signal, readStdin };
  const found = await manifestsBelow(paths, { ...how, lookAlikes: false });
  const all = found.notes;
  const files = withoutLists(paths, found.files);
  refuseSealed(paths, files);
  // What is said of an installer's configuration is to set its registry.
  const notes = options.setRegistry === true ? all.filter(({ kind }) => kind !== 'installer') : all;
  const planned = await plannedRewrite(files, options, world);
  const steps = stepsOfKind('edit-file', planned.plan.spec.steps);
  const sources = files.map(({ file }) => file);
  const result = {
    ...planned,
    notes,
    patches: () => patchesOf(sources, steps),
    hidden: () => hiddenIn(sources, steps),
    texts: () => textsOf(sources, steps),
  };
  if (to === 'look') return { ...result, errors: [] };
  if (to !== 'in-place') return { ...result, errors: await writeBelow(to.folder, paths, sources, steps) };
  if (steps.length === 0) return { ...result, errors: [] };
  const { run, errors } = await writeInPlace(planned, world);
  return { ...result, run, errors };
}

/** A list for copying says what is to be brought somewhere: another name in it copies another image. */
function withoutLists(paths: readonly string[], files: readonly ImagesOfFile[]): readonly ImagesOfFile[] {
  const lists = files.filter(({ copyList }) => copyList !== undefined);
  const named = lists.find(({ file }) => paths.includes(file.path));
  if (named !== undefined) {
    const { file, copyList = '' } = named;
    throw new PullmendError('PM_COPY_LIST', { file: file.path, program: copyList });
  }
  return files.filter((file) => !lists.includes(file));
}

/** Errors: PM_FILE_SEALED, for a file that was named itself; in a folder its images are told one by one. */
function refuseSealed(paths: readonly string[], files: readonly ImagesOfFile[]): void {
  const named = files.find(({ file, sealed }) => sealed === true && paths.includes(file.path));
  if (named !== undefined) throw new PullmendError('PM_FILE_SEALED', { file: named.file.path });
}

/** The new names of what files hold, and the edits that say them. */
export async function plannedRewrite(
  files: readonly ImagesOfFile[],
  options: RewriteOptions,
  world: World,
): Promise<Rewrite> {
  const { mirrors } = world.outside;
  return planRewrite({
    name: newRunName(),
    createdAt: (world.options.now?.() ?? new Date()).toISOString(),
    files: files.map(({ file }) => file),
    usages: files.flatMap((file) => file.usages),
    layers: files.flatMap((file) => file.layers ?? []),
    sealed: files.flatMap(({ file, sealed }) => (sealed === true ? [file.path] : [])),
    mirrors,
    options,
    supplies: await suppliesFor(files, options, mirrors, world),
    settings: options.setRegistry === true ? await installerSettings(files, options, world) : [],
  });
}

/** Asks registries only for what may change: images that a mirror serves, and with `--lock` all others. */
async function suppliesFor(
  files: readonly ImagesOfFile[],
  { names, indirect, lock, only }: RewriteChoice,
  { mirrors }: MirrorSet,
  world: World,
): Promise<readonly Supply[]> {
  if (names !== 'probed' || only !== undefined) return [];
  const images = files
    .flatMap(({ usages }) => usages)
    .flatMap(({ reference, place }) =>
      reference === undefined || (!indirect && !isDirect(place)) ? [] : [reference],
    );
  const served = (image: string): boolean =>
    mirrors.some((mirror) => mirrorReference(mirror, parseReference(image)) !== undefined);
  const wanted = [...new Set(images)].filter((image) => lock || served(image));
  return await supplyFor(wanted, { platforms: [], knownDigests: {} }, world);
}

/** Edits that no patch shows. */
function hiddenIn(files: readonly SourceFile[], steps: readonly EditFileStep[]): number {
  const texts = new Map(files.map((file) => [file.path, file.text]));
  return steps.flatMap(({ file, edits }) => {
    const spans = secretLines(texts.get(file) ?? '');
    return edits.filter(({ line }) => spans.some(({ first, last }) => first < line && line <= last + 1));
  }).length;
}

function textsOf(files: readonly SourceFile[], steps: readonly EditFileStep[]): readonly string[] {
  const edits = new Map(steps.map((step) => [step.file, step.edits]));
  return files.map(({ path, text }) => spliceText(text, edits.get(path) ?? []));
}

export function patchesOf(files: readonly SourceFile[], steps: readonly EditFileStep[]): readonly string[] {
  const texts = new Map(files.map((file) => [file.path, file.text]));
  return steps.map(({ file, edits }) => {
    const text = texts.get(file) ?? '';
    return editsDiff(relative('', file) || file, text, edits, secretLines(text));
  });
}

export async function writeInPlace(
  { plan }: Rewrite,
  world: World,
): Promise<{ readonly run: string; readonly errors: readonly PullmendError[] }> {
  const deps = await toolsFor([], world);
  const { onEvent } = world.options;
  const { errors } = await apply({ plan, dryRun: false, leaveOut: new Set(), onEvent }, deps);
  const run = plan.metadata.name;
  // Nobody has pulled anything yet.
  await deps.records.setState(run, 'kept');
  return { run, errors: Object.values(errors) };
}

/** Every manifest, changed or not, below the folder as below what all paths have in common. */
async function writeBelow(
  folder: string,
  paths: readonly string[],
  files: readonly SourceFile[],
  steps: readonly EditFileStep[],
): Promise<readonly PullmendError[]> {
  const root = commonFolder(await Promise.all(paths.map(folderOf)));
  const edits = new Map(steps.map((step) => [step.file, step.edits]));
  await makeFolder(folder).catch((cause: unknown) => {
    throw new PullmendError('PM_FILE_UNWRITABLE', { file: folder, reason: reasonOf(cause) }, { cause });
  });
  const home = await realpath(folder);
  const write = pLimit(writesAtOnce);
  const writes = files.map(
    async ({ path, text }) =>
      await write(async () => {
        const target = join(folder, relative(root, resolve(path)));
        await makeFolder(dirname(target));
        // A link in the folder must not lead out of it.
        const real = await realpath(target).catch(async () => join(await realpath(dirname(target)), 'x'));
        if (!real.startsWith(home + sep))
          throw new PullmendError('PM_OUT_OVER_SOURCE', { out: folder, source: real });
        await writeFileAtomic(target, spliceText(text, edits.get(path) ?? []));
      }),
  );
  await Promise.all(writes);
  return [];
}

/** No file may be written into what is read. Errors: PM_OUT_OVER_SOURCE. */
export async function refuseOverSource(folder: string, paths: readonly string[]): Promise<void> {
  const out = await realOf(folder);
  for (const path of paths) {
    const source = await realOf(await folderOf(path));
    const isFile = (await realOf(path)) !== source;
    const isInside = !isFile && (out.startsWith(source + sep) || source.startsWith(out + sep));
    if (out === source || isInside) {
      throw new PullmendError('PM_OUT_OVER_SOURCE', { out: folder, source: path });
    }
  }
}

/** The real path, also of what is still to be made. */
async function realOf(path: string): Promise<string> {
  const full = resolve(path);
  return await realpath(full).catch(async () =>
    dirname(full) === full ? full : join(await realOf(dirname(full)), full.slice(dirname(full).length)),
  );
}

async function folderOf(path: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return resolve(isFolder ? path : dirname(path));
}

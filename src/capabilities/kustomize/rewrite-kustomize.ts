import { stepsOfKind } from '../../steps/index.ts';
import { isError, PullmendError } from '../../core/base/index.ts';
import { listAdditions, spliceText } from '../../core/edit/index.ts';
import type { EditFileStep, JsonObject, Rewrite, SourceFile, Usage } from '../../core/model/index.ts';
import { builtKey, builtObjects, differences, hashMark, type BuiltLeaf, type BuiltObjects } from './built.ts';
import { generatorEdits } from './generators.ts';
import { imageEntries, imageName } from './entries.ts';
import { patchesFor, type KustomizePatch } from './patches.ts';
import { imagesIn } from '../../stages/source/index.ts';
import { openTree, type KustomizeTree } from './kustomize-tree.ts';
import { filledByReplacements, withTexts } from './replacements.ts';
import {
  inTurn,
  patchesOf,
  plannedRewrite,
  refuseOverSource,
  type RewriteOptions,
  type RewriteResult,
  writeInPlace,
} from '../rewrite/index.ts';
import type { World } from '../../access/index.ts';

type Edits = EditFileStep['edits'];

export type KustomizeOptions = RewriteOptions & {
  /** May kustomize start helm, for charts that kustomizations name. */
  readonly enableHelm?: boolean;
};

/** One entry may spoil what another moves; more rounds than that have not been seen to help. */
const maxRounds = 4;

/**
 * Gives the images of what a kustomization makes their new names: entries of `images:` where kustomize's own
 * transformer reaches, edits of the files that its generators read, and patches for the rest. Proved by building it
 * anew: nothing but those names may differ, and the fields from which `replacements` fill them. Errors: those of `openTree` and of building, PM_KUSTOMIZE_UNPROVED; then
 * nothing is written.
 */
export async function rewriteKustomize(
  folder: string,
  options: KustomizeOptions,
  world: World,
): Promise<RewriteResult> {
  return await inTurn(options, world, async () => await rewritten(folder, options, world));
}

async function rewritten(folder: string, options: KustomizeOptions, world: World): Promise<RewriteResult> {
  const tree = await openTree(folder, options.enableHelm ?? false, world);
  try {
    if (typeof options.to === 'object') await refuseOverSource(options.to.folder, tree.folders);
    const text = await tree.build();
    const made = imagesIn({ path: folder, text, sha256: '' });
    const planned = await plannedRewrite([made], options, world);
    const rewrite = await carriedByKustomize(planned, text, tree);
    return await written(rewrite, tree, options, world);
  } finally {
    await tree.close();
  }
}

async function written(
  rewrite: Rewrite,
  tree: KustomizeTree,
  { to }: RewriteOptions,
  world: World,
): Promise<RewriteResult> {
  const steps = stepsOfKind('edit-file', rewrite.plan.spec.steps);
  const sources = [tree.kustomization, ...tree.generated];
  const result = { ...rewrite, notes: [], errors: [], patches: () => patchesOf(sources, steps) };
  if (typeof to === 'object') {
    const edits = steps.flatMap((step) => step.edits);
    await tree.writeBelow(to.folder, edits);
  }
  if (to !== 'in-place' || steps.length === 0) return result;
  return { ...result, ...(await writeInPlace(rewrite, world)) };
}

/** The plan for what is built, said in the files of the kustomization. */
async function carriedByKustomize(planned: Rewrite, text: string, tree: KustomizeTree): Promise<Rewrite> {
  const steps = stepsOfKind('edit-file', planned.plan.spec.steps);
  const built = builtObjects(text);
  const wanted = builtObjects(
    spliceText(
      text,
      steps.flatMap(({ edits }) => edits),
    ),
  );
  const { edits, stay } = steps.length === 0 ? { edits: [], stay: [] } : await proved(tree, built, wanted);
  const fixed = new Set(stay.map(({ object, path }) => `${object} ${path}`));
  const isFixed = ({ usage: { object, path } }: { readonly usage: Usage }): boolean =>
    fixed.has(`${builtKey(object)} ${path}`);
  return {
    plan: {
      ...planned.plan,
      spec: { ...planned.plan.spec, steps: stepsFor([tree.kustomization, ...tree.generated], edits) },
    },
    changes: planned.changes
      .filter((change) => !isFixed(change))
      .map(({ usage, ...change }) => ({ usage: unplaced(usage), ...change })),
    policies: [],
    left: [
      ...planned.left.map(({ usage, ...why }) => ({ usage: unplaced(usage), ...why })),
      ...planned.changes.filter(isFixed).map(({ usage, with: detail }) => ({
        usage: unplaced(usage),
        reason: 'kustomize-sets' as const,
        detail,
      })),
    ],
  };
}

/** A position in what was built is in no file, and a hash in no name that anybody knows. */
function unplaced(usage: Usage): Usage {
  const { position: _, object, ...rest } = usage;
  return { ...rest, object: { ...object, name: object.name.replace(hashMark, '') } };
}

function stepsFor(files: readonly SourceFile[], edits: Edits): readonly EditFileStep[] {
  return files
    .map((file) => ({ file, own: edits.filter((edit) => edit.file === file.path) }))
    .filter(({ own }) => own.length > 0)
    .map(({ file: { path, sha256 }, own }, index) => ({
      kind: 'edit-file',
      id: `s${index + 1}`,
      object: { apiVersion: 'v1', kind: 'File', name: path },
      needs: [],
      expect: [],
      file: path,
      sha256,
      edits: own,
    }));
}

type Proved = {
  readonly edits: Edits;
  /** What no entry and no patch moves: something later in the build sets it. */
  readonly stay: readonly BuiltLeaf[];
};

async function proved(tree: KustomizeTree, built: BuiltObjects, wanted: BuiltObjects): Promise<Proved> {
  const { sources, keys } = filledByReplacements(tree.replacements, built, differences(built, wanted));
  const withSources =
    sources.length === 0
      ? undefined
      : await provedFor(tree, { built, wanted: withTexts(wanted, sources), filled: keys });
  return withSources ?? (await provedFor(tree, { built, wanted, filled: new Set() })) ?? fail(tree);
}

type Aim = {
  readonly built: BuiltObjects;
  readonly wanted: BuiltObjects;
  /** Places that replacements fill. */
  readonly filled: ReadonlySet<string>;
};

/** Undefined when no set of entries leaves everything else as it is. */
async function provedFor(tree: KustomizeTree, aim: Aim): Promise<Proved | undefined> {
  const { built, wanted, filled } = aim;
  const all = differences(built, wanted);
  const goal = new Map(all.map((leaf) => [leafKey(leaf), leaf.after]));
  const blocked = new Set<string>();
  for (let round = 0; round < maxRounds; round += 1) {
    const entries = imageEntries(tree.kustomization, built, wanted, blocked, filled);
    const sources = generatorEdits(tree.kustomization, tree.generated, all);
    const editsWith = (patches: readonly KustomizePatch[]): Edits => {
      const patchItems = { key: 'patches', items: patches.map(({ entry }) => entry) };
      const added = listAdditions(tree.kustomization, [entries.addition, patchItems]);
      if (added === undefined) throw unproved(tree, 'form');
      return inOrder([...entries.edits, ...sources, ...added]);
    };
    const moved = builtObjects(await tree.buildWith(editsWith([])));
    const done = differences(built, moved);
    const wrong = done.filter((leaf) => goal.get(leafKey(leaf)) !== leaf.after);
    const idle = idleNames(entries.addition.items, all, done);
    if (wrong.length === 0 && idle.length === 0) {
      return await withPatches(tree, { ...aim, moved }, editsWith);
    }
    for (const { before } of wrong) if (typeof before === 'string') blocked.add(imageName(before));
    for (const name of idle) blocked.add(name);
  }
  return undefined;
}

/** Names of new entries that move nothing: something later in the build sets what they are for. */
function idleNames(
  items: readonly JsonObject[],
  all: readonly BuiltLeaf[],
  done: readonly BuiltLeaf[],
): readonly string[] {
  const moved = new Set(done.map(leafKey));
  return items.flatMap(({ name }) => {
    const own = all.filter(({ before }) => typeof before === 'string' && imageName(before) === name);
    return typeof name !== 'string' || own.some((leaf) => moved.has(leafKey(leaf))) ? [] : [name];
  });
}

async function withPatches(
  tree: KustomizeTree,
  { built, moved, wanted, filled }: Aim & { readonly moved: BuiltObjects },
  editsWith: (patches: readonly KustomizePatch[]) => Edits,
): Promise<Proved | undefined> {
  const editsFor = (leaves: readonly BuiltLeaf[]): Edits =>
    editsWith(patchesFor(tree.kustomization, built, leaves));
  const restWith = async (leaves: readonly BuiltLeaf[]): Promise<readonly BuiltLeaf[] | undefined> => {
    try {
      return differences(builtObjects(await tree.buildWith(editsFor(leaves))), wanted);
    } catch (error) {
      if (isError(error, 'PM_KUSTOMIZE_FAILED')) return undefined;
      throw error;
    }
  };
  let stay = differences(moved, wanted);
  const reachable = stay.filter((leaf) => !filled.has(leafKey(leaf)));
  if (stay.length === 0 || (await restWith(reachable))?.length === 0) {
    return { edits: editsFor(reachable), stay: [] };
  }
  // Some of them cannot be patched: one by one.
  let good: readonly BuiltLeaf[] = [];
  for (const leaf of reachable) {
    const rest = await restWith([...good, leaf]);
    const open = new Set(stay.map(leafKey));
    if (rest === undefined || rest.length >= stay.length || rest.some((it) => !open.has(leafKey(it))))
      continue;
    good = [...good, leaf];
    stay = rest;
  }
  // What stays must be as it was.
  const asBefore = new Map(differences(built, wanted).map((leaf) => [leafKey(leaf), leaf.before]));
  if (stay.some((leaf) => asBefore.get(leafKey(leaf)) !== leaf.before)) return undefined;
  return { edits: editsFor(good), stay };
}

function fail(tree: KustomizeTree): never {
  throw unproved(tree, 'differs');
}

function leafKey({ object, path }: BuiltLeaf): string {
  return `${object} ${path}`;
}

/** From top to bottom, each once; what is put at the same place keeps its order. */
function inOrder(edits: Edits): Edits {
  const distinct = new Map(edits.map((edit) => [`${edit.file} ${edit.offset} ${edit.after}`, edit]));
  return [...distinct.values()].toSorted((a, b) => a.offset - b.offset);
}

function unproved({ kustomization }: KustomizeTree, reason: 'form' | 'differs'): PullmendError {
  return new PullmendError('PM_KUSTOMIZE_UNPROVED', { file: kustomization.path, reason });
}

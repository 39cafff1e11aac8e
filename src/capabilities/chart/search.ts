import { tryParseReference } from '../../core/image/index.ts';
import type { Json } from '../../core/model/index.ts';
import { namesPartBelow, namesPartOfImage } from './reads.ts';
import { emptyLeaves, setLeaves } from './candidates.ts';
import type { Goal, Variant } from './choose.ts';
import { tryEmpty, withoutLoss, type Ground, type MarkedLeaves } from './empty.ts';
import { lastResort } from './last-resort.ts';
import type { Render } from './render.ts';
import { settle, type Found } from './settle.ts';
import { idsIn, type Composition } from './solve.ts';
import { numbers, type Leaf, type Trial, type Trials } from './trials.ts';
import { isCertain, type ChartUsage, usagesOf } from './usages.ts';
import { pathText, type ValuePath } from './values.ts';

export type Target = (image: string, place: ChartUsage['place']) => string | undefined;

/** What is known of a chart before the search. */
export type Known = {
  readonly base: Render;
  readonly inForce: Json;
  /** Paths that templates read. */
  readonly read: readonly ValuePath[];
  readonly texts: ReadonlyMap<string, string>;
};

/** What the values of a chart do to its images, whatever their new names will be. */
export type Explored = {
  readonly ground: Ground & Known;
  readonly candidates: readonly Leaf[];
  readonly empty: readonly Leaf[];
  readonly variants: readonly Variant[];
  /** Switches that must be on for foreign names, as far as trials have shown. */
  readonly guards: ReadonlyMap<string, ValuePath>;
};

/** Marks values and reads where they come out. */
export async function explore(known: Known, trials: Trials): Promise<Explored> {
  const { base, inForce, read } = known;
  const usages = usagesOf(base);
  const candidates = setLeaves(inForce, usages.values());
  const set = await gather(trials, usages, candidates);
  const ground = { ...known, trials, usages, set };
  const empty = emptyLeaves(inForce, read);
  const variants = await tryEmpty(ground, empty);
  return { ground, candidates, empty, variants, guards: new Map(trials.guards) };
}

/** Looks for the smallest values that give every place its target. */
export async function search(explored: Explored, target: Target): Promise<Found> {
  const { ground, candidates, empty, variants } = explored;
  const { base, trials, usages, set } = ground;
  trials.takeGuards(explored.guards);
  const leaves = new Map([...set.leaves, ...variants.map(({ leaf }) => leaf)].map((leaf) => [leaf.id, leaf]));
  const leftAlone = new Set<string>();
  const goals = goalsOf(usages, set.trial, variants, target, leaves, leftAlone);
  const model = { goals, leaves, variants, elsewhere: set.trial?.elsewhere ?? new Map(), leftAlone };
  const found = await settle(model, base, trials);
  const left = goals.filter(
    (goal) => found.usages.get(goal.key)?.image !== goal.target && goal.weight >= 0.9,
  );
  if (left.length === 0) return found;
  const more = await lastResort(ground, [...candidates, ...empty], left);
  if (more.length === 0) return found;
  return await settle(
    {
      ...model,
      leaves: new Map([...leaves, ...more.map(({ leaf }) => [leaf.id, leaf] as const)]),
      variants: [...variants, ...more],
    },
    base,
    trials,
  );
}

/** Marks all set values at once. Values that must be equal, or the chart refuses, become one. */
async function gather(
  trials: Trials,
  usages: ReadonlyMap<string, ChartUsage>,
  candidates: readonly Leaf[],
): Promise<MarkedLeaves> {
  const parts = await withoutLoss({ trials, usages }, candidates, []);
  const [first] = parts;
  const leaves = parts.flatMap((part) => part.leaves);
  const trial = parts.length > 1 ? await trials.mark(leaves) : first?.trial;
  const twins = twinsIn(candidates, trials);
  const kept = leaves.filter(({ id }) => !trials.refused.has(id));
  if (twins.length === 0) return { leaves: kept, trial };
  const joined = twins.flatMap((twin) => [twin.path, ...twin.twins].map(pathText));
  const all = [...kept.filter(({ path }) => !joined.includes(pathText(path))), ...twins];
  const again = await trials.mark(all);
  return again === undefined ? { leaves: kept, trial } : { leaves: all, trial: again };
}

/** Leaves of one value of which the chart refused some: as one. */
function twinsIn(leaves: readonly Leaf[], { refused }: Trials): readonly Leaf[] {
  return [...Map.groupBy(leaves, ({ value }) => value).values()].flatMap((equal) => {
    const [first, ...rest] = equal;
    if (first === undefined || rest.length === 0 || !equal.some(({ id }) => refused.has(id))) return [];
    return [{ ...first, id: first.id + numbers.twins, twins: rest.map(({ path }) => path) }];
  });
}

function goalsOf(
  usages: ReadonlyMap<string, ChartUsage>,
  trial: Trial | undefined,
  variants: readonly Variant[],
  target: Target,
  leaves: ReadonlyMap<number, Leaf>,
  leftAlone: Set<string>,
): readonly Goal[] {
  return [...usages.values()].flatMap((usage) => {
    const { key, image } = usage;
    const marked = trial?.compositions.get(key);
    const composition =
      marked?.text === image
        ? marked
        : { text: image, placements: [], bent: marked === undefined ? [] : idsIn(marked) };
    const isSet =
      variants.some(({ compositions }) => compositions.has(key)) || composition.placements.length > 0;
    if (isDoubtful(usage, composition, leaves)) {
      leftAlone.add(key);
      return [];
    }
    const wanted = target(image, usage.place);
    if (usage.place === 'registry' && (!isSet || wanted === undefined)) return [];
    return [
      {
        key,
        base: image,
        target: wanted ?? image,
        weight: isCertain(usage) ? 1 : usage.place === 'registry' ? 0.5 : 0.9,
        composition,
      },
    ];
  });
}

/** A text that only looks like an image, from a value whose name says nothing of images: a Go module, a chart. */
function isDoubtful(
  usage: ChartUsage,
  { placements }: Composition,
  leaves: ReadonlyMap<number, Leaf>,
): boolean {
  if (usage.place === 'registry' || isCertain(usage) || placements.length === 0) return false;
  const host = tryParseReference(usage.image)?.registry ?? '';
  const isNamed = placements.some(
    ({ leaf }) =>
      namesPartBelow(leaves.get(leaf)?.path ?? []) ||
      (leaves.get(leaf)?.path ?? []).some((key) => namesPartOfImage(String(key))),
  );
  return !isNamed && !knownRegistry.test(host);
}

const knownRegistry =
  /(?:^|\.)(?:docker\.io|quay\.io|gcr\.io|ghcr\.io|registry\.k8s\.io|pkg\.dev|public\.ecr\.aws|mcr\.microsoft\.com|nvcr\.io|docker\.elastic\.co|amazonaws\.com|azurecr\.io|aliyuncs\.com|gitlab\.com)$|^(?:cr|registry|docker|hub|harbor|images?|containers?)\./;

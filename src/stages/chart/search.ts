import { tryParseReference } from '../../core/image/index.ts';
import type { Json } from '../../core/model/index.ts';
import { namesPartBelow, namesPartOfImage } from './reads.ts';
import { emptyLeaves, setLeaves, switchesBeside } from './candidates.ts';
import {
  choose,
  compositionUnder,
  outcome,
  type Chosen,
  type Goal,
  type Model,
  type Variant,
} from './choose.ts';
import type { Render } from './render.ts';
import type { Composition } from './solve.ts';
import { type Leaf, type Trial, type Trials } from './trials.ts';
import { isCertain, type ChartUsage, usagesOf } from './usages.ts';
import { pathText, type ValuePath } from './values.ts';

/** Layers of empty values that hide one another; charts have two or three. */
const maxLayers = 4;
/** Empty values that are tried alone, because they change several places or are seen only beside others. */
const maxAlone = 24;
/** Answers that are tried before the best is taken as it is. */
const maxAnswers = 8;

export type Target = (image: string, place: ChartUsage['place']) => string | undefined;

export type Found = {
  readonly settings: readonly (readonly [Leaf, string])[];
  readonly guards: readonly ValuePath[];
  /** The render under the override. */
  readonly after: Render;
  readonly usages: ReadonlyMap<string, ChartUsage>;
  readonly model: Model;
};

/** Looks for the smallest values that give every place its target. */
export async function search(
  base: Render,
  inForce: Json,
  read: readonly ValuePath[],
  target: Target,
  trials: Trials,
): Promise<Found> {
  const usages = usagesOf(base);
  const set = await gather(trials, setLeaves(inForce, usages.values(), 0));
  const empty = emptyLeaves(inForce, read, set.leaves.length + 1000);
  const variants = await tryEmpty(trials, usages, set, empty, inForce, read, base);
  const leaves = new Map([...set.leaves, ...variants.map(({ leaf }) => leaf)].map((leaf) => [leaf.id, leaf]));
  const leftAlone = new Set<string>();
  const goals = goalsOf(usages, set.trial, variants, target, leaves, leftAlone);
  return await settle(
    { goals, leaves, variants, elsewhere: set.trial?.elsewhere ?? new Map(), leftAlone },
    trials,
  );
}

type Gathered = { readonly leaves: readonly Leaf[]; readonly trial: Trial | undefined };

/** Marks all set values at once. Values that must be equal, or the chart refuses, become one. */
async function gather(trials: Trials, leaves: readonly Leaf[]): Promise<Gathered> {
  if (leaves.length === 0) return { leaves, trial: undefined };
  const trial = await trials.mark(leaves);
  const refused = leaves.filter(({ id }) => trials.refused.has(id));
  if (refused.length === 0) return { leaves, trial };
  const twins = [...Map.groupBy(leaves, ({ value }) => value).values()].flatMap(([first, ...rest]) => {
    if (
      first === undefined ||
      rest.length === 0 ||
      ![first, ...rest].some(({ id }) => trials.refused.has(id))
    )
      return [];
    return [{ ...first, id: first.id + 500, twins: rest.map(({ path }) => path) }];
  });
  const kept = leaves.filter(({ id }) => !trials.refused.has(id));
  if (twins.length === 0) return { leaves: kept, trial };
  const joined = twins.flatMap((twin) => [twin.path, ...twin.twins].map(pathText));
  const all = [...kept.filter(({ path }) => !joined.includes(pathText(path))), ...twins];
  const again = await trials.mark(all);
  return again === undefined ? { leaves: kept, trial } : { leaves: all, trial: again };
}

/** Tries empty values: all at once, then those that others hid; those with a wide effect also alone. */
async function tryEmpty(
  trials: Trials,
  usages: ReadonlyMap<string, ChartUsage>,
  set: Gathered,
  empty: readonly Leaf[],
  inForce: Json,
  read: readonly ValuePath[],
  base: Render,
): Promise<readonly Variant[]> {
  const variants: Variant[] = [];
  const alone: Leaf[] = [];
  let rest = empty;
  for (let layer = 0; layer < maxLayers && rest.length > 0; layer += 1) {
    const trial = await trials.mark([...set.leaves, ...rest]);
    if (trial === undefined) break;
    const seen = seenIn(trial, rest);
    for (const [leaf, compositions] of seen) {
      const isWide = leaf.path[0] === 'global' || leaf.path.length <= 2 || compositions.size > 1;
      const isShared = [...compositions.values()].some(({ placements, bent }) =>
        [...placements.map((it) => it.leaf), ...bent].some(
          (id) => id !== leaf.id && rest.some((it) => it.id === id),
        ),
      );
      if (isWide || isShared) alone.push(leaf);
      else variants.push({ leaf, compositions, beside: trial.elsewhere.get(leaf.id) ?? 0 });
    }
    if (seen.size === 0) break;
    rest = rest.filter((leaf) => !seen.has(leaf) && !trials.refused.has(leaf.id));
  }
  for (const leaf of alone.slice(0, maxAlone)) await tryAlone(trials, usages, set, leaf, variants, base);
  const unseen = rest.flatMap((leaf) => {
    const switches = switchesBeside(inForce, leaf.path, read);
    return switches.length === 0 ? [] : [{ ...leaf, id: leaf.id + 10_000, switches: switches.slice(0, 1) }];
  });
  for (const leaf of unseen.slice(0, maxAlone)) await tryAlone(trials, usages, set, leaf, variants, base);
  return variants;
}

async function tryAlone(
  trials: Trials,
  usages: ReadonlyMap<string, ChartUsage>,
  set: Gathered,
  leaf: Leaf,
  variants: Variant[],
  base: Render,
): Promise<void> {
  const trial = await trials.mark([...set.leaves, leaf]);
  if (trial === undefined || trials.refused.has(leaf.id)) return;
  // A value that makes places go away is none that moves them.
  if ([...usages.keys()].some((key) => !trial.usages.has(key))) return;
  const compositions = seenIn(trial, [leaf]).get(leaf);
  if (compositions === undefined) return;
  variants.push({
    leaf,
    compositions,
    beside: (trial.elsewhere.get(leaf.id) ?? 0) + objectsChanged(base, trial.render),
  });
}

/** An object that comes or goes counts for more than any number of strings. */
function objectsChanged(base: Render, render: Render): number {
  const come = [...render.keys()].filter((key) => !base.has(key)).length;
  const gone = [...base.keys()].filter((key) => !render.has(key)).length;
  return 100 * (come + gone);
}

function seenIn(trial: Trial, leaves: readonly Leaf[]): Map<Leaf, ReadonlyMap<string, Composition>> {
  const seen = new Map<Leaf, Map<string, Composition>>();
  for (const [key, composition] of trial.compositions) {
    for (const leaf of leaves) {
      if (![...composition.placements.map((it) => it.leaf), ...composition.bent].includes(leaf.id)) continue;
      seen.set(leaf, (seen.get(leaf) ?? new Map<string, Composition>()).set(key, composition));
    }
  }
  return seen;
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
    // Where marks led to something else, nothing is known.
    const composition = marked?.text === image ? marked : { text: image, placements: [], bent: [] };
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

/** Tries answers until one does what it should; what a trial shows to be wrong is not tried again. */
async function settle(known: Omit<Model, 'forbidden'>, trials: Trials): Promise<Found> {
  const forbidden = new Set<string>();
  for (let answer = 0; ; answer += 1) {
    const model = { ...known, forbidden };
    const chosen = withoutFaults(model, forbidden);
    const settings = [...chosen].flatMap(([id, value]) => {
      const leaf = known.leaves.get(id);
      return leaf === undefined ? [] : [[leaf, value] as const];
    });
    const trial = await trials.mark([], settings);
    const wrong = trial === undefined ? undefined : wrongIn(model, trial.usages);
    if (trial !== undefined && wrong !== undefined && (wrong.length === 0 || answer >= maxAnswers)) {
      return await prune(
        { settings, guards: [...trials.guards.values()], after: trial.render, usages: trial.usages, model },
        trials,
      );
    }
    if (answer > maxAnswers) return await unchanged(model, trials);
    forbid(model, chosen, wrong, forbidden);
  }
}

/** Nothing that was tried did the job. */
async function unchanged(model: Model, trials: Trials): Promise<Found> {
  trials.guards.clear();
  const after = await trials.render({});
  return { settings: [], guards: [], after, usages: usagesOf(after), model };
}

/** Places that are neither as before nor where they should be. */
function wrongIn(model: Model, usages: ReadonlyMap<string, ChartUsage>): readonly Goal[] {
  return model.goals.filter(({ key, base, target }) => {
    const image = usages.get(key)?.image;
    return image !== base && image !== target;
  });
}

/** An answer in which no place is spoilt for another. */
function withoutFaults(model: Model, forbidden: Set<string>): Chosen {
  for (;;) {
    const chosen = choose({ ...model, forbidden });
    const spoilt = model.goals.filter((goal) => {
      const text = outcome(goal, chosen, model);
      return goal.weight >= 0.9 && text !== goal.base && text !== goal.target;
    });
    if (spoilt.length === 0) return chosen;
    const before = forbidden.size;
    forbid(model, chosen, spoilt, forbidden);
    if (forbidden.size === before) return chosen;
  }
}

function forbid(
  model: Model,
  chosen: Chosen,
  wrong: readonly Goal[] | undefined,
  forbidden: Set<string>,
): void {
  const entries = [...chosen];
  const guilty = (wrong ?? []).flatMap((goal) => {
    const { placements, bent } = compositionUnder(goal, chosen, model);
    const ids = new Set([...placements.map(({ leaf }) => leaf), ...bent]);
    return entries.filter(([id]) => ids.has(id)).slice(-1);
  });
  // Refused as a whole, or changed by something that marks did not show: the last choice goes.
  for (const [id, value] of guilty.length > 0 ? guilty : entries.slice(-1)) forbidden.add(`${id}=${value}`);
}

/** Leaves out what is not needed. */
async function prune(found: Found, trials: Trials): Promise<Found> {
  let best = found;
  const good = reached(best);
  const attempt = async (settings: Found['settings'], guards: readonly ValuePath[]): Promise<void> => {
    const before = [...trials.guards];
    trials.guards.clear();
    for (const path of guards) trials.guards.set(pathText(path), path);
    const trial = await trials.mark([], settings);
    const next = trial && {
      ...best,
      settings,
      guards: [...trials.guards.values()],
      after: trial.render,
      usages: trial.usages,
    };
    const fits =
      next !== undefined &&
      trials.guards.size <= guards.length &&
      reached(next) >= good &&
      wrongIn(next.model, next.usages).length <= wrongIn(best.model, best.usages).length;
    if (fits) best = next;
    else {
      trials.guards.clear();
      for (const [key, path] of before) trials.guards.set(key, path);
    }
  };
  for (const guard of found.guards)
    await attempt(
      best.settings,
      best.guards.filter((it) => it !== guard),
    );
  for (const setting of doubtful(found)) {
    await attempt(
      best.settings.filter((it) => it !== setting),
      best.guards,
    );
  }
  return best;
}

/** Settings all of whose places are also reached by another one. */
function doubtful({ settings, model }: Found): Found['settings'] {
  const chosen = new Map(settings.map(([leaf, value]) => [leaf.id, value]));
  return settings.filter(([leaf]) => {
    const less = new Map(chosen);
    less.delete(leaf.id);
    return (
      settings.length > 1 &&
      model.goals.every((goal) => {
        const variants = model.variants.filter(
          (it) => it.compositions.has(goal.key) && chosen.has(it.leaf.id),
        );
        return outcome(goal, chosen, model) === outcome(goal, less, model) || variants.length > 1;
      })
    );
  });
}

function reached({ model, usages }: Pick<Found, 'model' | 'usages'>): number {
  return model.goals.filter(({ key, target }) => usages.get(key)?.image === target).length;
}

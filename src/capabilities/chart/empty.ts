import type { Json } from '../../core/model/index.ts';
import { switchesBeside } from './candidates.ts';
import type { Variant } from './choose.ts';
import type { Render } from './render.ts';
import { idsIn, type Composition } from './solve.ts';
import { numbers, placeholder, wholePlaceholder, type Leaf, type Trial, type Trials } from './trials.ts';
import { isCertain, type ChartUsage } from './usages.ts';
import type { ValuePath } from './values.ts';

/** Layers of empty values that hide one another; charts have two or three. */
const maxLayers = 4;
/** Empty values that are tried alone, because they change several places. */
const maxAlone = 24;
/** Values beside a switch; a chart has few that are meant for images. */
const maxSwitched = 64;
/** Renders in search of values that make places go away; a chart has few of them. */
const maxParts = 32;

/** Values that are marked in every trial, and the trial with them alone. */
export type MarkedLeaves = { readonly leaves: readonly Leaf[]; readonly trial: Trial | undefined };

/** What empty values are tried on. */
export type Ground = {
  readonly trials: Trials;
  readonly base: Render;
  readonly usages: ReadonlyMap<string, ChartUsage>;
  readonly inForce: Json;
  readonly read: readonly ValuePath[];
  readonly set: MarkedLeaves;
};

/** Tries empty values: all at once, then those that others hid; those with a wide effect also alone. */
export async function tryEmpty(ground: Ground, empty: readonly Leaf[]): Promise<readonly Variant[]> {
  const { trials, inForce, read, set } = ground;
  const variants: Variant[] = [];
  const wide: Leaf[] = [];
  const narrow: SeenLeaf[] = [];
  let rest = empty;
  for (let layer = 0; layer < maxLayers && rest.length > 0; layer += 1) {
    const parts = await withoutLoss(ground, rest, set.leaves);
    const seen = new Set<Leaf>();
    for (const { trial, leaves } of parts) {
      for (const [leaf, compositions] of seenIn(trial, leaves)) {
        seen.add(leaf);
        if (isWide(leaf, compositions)) wide.push(leaf);
        else if (sharesPlaces(leaf, compositions, rest)) narrow.push([leaf, compositions]);
        else variants.push({ leaf, compositions, beside: trial.elsewhere.get(leaf.id) ?? 0 });
      }
    }
    rest = parts
      .flatMap(({ leaves }) => leaves)
      .filter((leaf) => !seen.has(leaf) && !trials.refused.has(leaf.id));
    if (seen.size === 0) break;
  }
  const switched = rest.flatMap((leaf) => {
    const switches = switchesBeside(inForce, leaf.path, read);
    return switches.length === 0
      ? []
      : [{ ...leaf, id: leaf.id - numbers.empty + numbers.switched, switches: switches.slice(0, 1) }];
  });
  // All at once first: most of what switches turn on has no part in any image.
  const turned = await withoutLoss(ground, switched.slice(0, maxSwitched), set.leaves);
  const seen = turned.flatMap(({ trial, leaves }) => [...seenIn(trial, leaves).keys()]);
  for (const leaf of [...wide.slice(0, maxAlone), ...seen.slice(0, maxAlone)]) {
    variants.push(...(await tryAlone(ground, leaf)));
  }
  for (const batch of apart(narrow)) variants.push(...(await tryApart(ground, batch)));
  return variants;
}

/** A value and the places that it changes. */
type SeenLeaf = readonly [Leaf, ReadonlyMap<string, Composition>];

/** A value that changes several places, or may change anything. */
function isWide({ path }: Leaf, compositions: ReadonlyMap<string, Composition>): boolean {
  return path[0] === 'global' || path.length <= 2 || compositions.size > 1;
}

/** A value whose places another one changes too. */
function sharesPlaces(
  leaf: Leaf,
  compositions: ReadonlyMap<string, Composition>,
  others: readonly Leaf[],
): boolean {
  return [...compositions.values()].some((composition) =>
    idsIn(composition).some((id) => id !== leaf.id && others.some((it) => it.id === id)),
  );
}

/** Few groups in which no two values change one place: the registries of all components, then their repositories. */
function apart(leaves: readonly SeenLeaf[]): readonly (readonly Leaf[])[] {
  const groups: { readonly leaves: Leaf[]; readonly places: Set<string> }[] = [];
  for (const [leaf, compositions] of leaves) {
    const keys = [...compositions.keys()];
    let group = groups.find(({ places }) => !keys.some((key) => places.has(key)));
    if (group === undefined) groups.push((group = { leaves: [], places: new Set() }));
    group.leaves.push(leaf);
    for (const key of keys) group.places.add(key);
  }
  return groups.map(({ leaves: own }) => own);
}

/** Marks values that have no place in common; one by one where objects come or go with them. */
async function tryApart(ground: Ground, batch: readonly Leaf[]): Promise<readonly Variant[]> {
  const { base, set } = ground;
  const variants: Variant[] = [];
  for (const { trial, leaves } of await withoutLoss(ground, batch, set.leaves)) {
    if (objectsChanged(base, trial.render) > 0) {
      for (const leaf of leaves.slice(0, maxAlone)) variants.push(...(await tryAlone(ground, leaf)));
      continue;
    }
    for (const [leaf, compositions] of seenIn(trial, leaves)) {
      variants.push({ leaf, compositions, beside: trial.elsewhere.get(leaf.id) ?? 0 });
    }
  }
  return variants;
}

/** Marks one value beside those that are set; nothing when it moves no place, or makes one go away. */
export async function tryAlone(
  { trials, usages, set, base }: Ground,
  leaf: Leaf,
): Promise<readonly Variant[]> {
  const trial = await trials.mark([...set.leaves, leaf]);
  if (trial === undefined || trials.refused.has(leaf.id) || losesPlaces(trial, usages)) return [];
  const compositions = seenIn(trial, [leaf]).get(leaf);
  if (compositions === undefined) return [];
  const beside = (trial.elsewhere.get(leaf.id) ?? 0) + objectsChanged(base, trial.render);
  return [{ leaf, compositions, beside }];
}

/**
 * Marks leaves together; where places go away, in halves. A value that alone makes places go away is none that moves
 * them, and is left out.
 */
export async function withoutLoss(
  { trials, usages }: Pick<Ground, 'trials' | 'usages'>,
  leaves: readonly Leaf[],
  others: readonly Leaf[],
): Promise<readonly { readonly trial: Trial; readonly leaves: readonly Leaf[] }[]> {
  const found: { trial: Trial; leaves: readonly Leaf[] }[] = [];
  let tried = 0;
  const visit = async (part: readonly Leaf[]): Promise<void> => {
    tried += 1;
    const trial = await trials.mark([...others, ...part]);
    if (trial === undefined) return;
    const [only] = part;
    if (!losesPlaces(trial, usages)) found.push({ trial, leaves: part });
    else if (tried >= maxParts) return;
    else if (part.length > 1) {
      const middle = Math.ceil(part.length / 2);
      await visit(part.slice(0, middle));
      await visit(part.slice(middle));
    } else if (only?.value === placeholder) {
      // A field of a custom resource, say, holds an image only when the text looks like a whole one.
      await visit([{ ...only, id: only.id - numbers.empty + numbers.whole, value: wholePlaceholder }]);
    }
  };
  if (leaves.length > 0) await visit(leaves);
  return found;
}

/** What only looks like an image may look like none with marks in it. */
function losesPlaces(trial: Trial, usages: ReadonlyMap<string, ChartUsage>): boolean {
  return [...usages].some(([key, usage]) => isCertain(usage) && !trial.usages.has(key));
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
      if (!idsIn(composition).includes(leaf.id)) continue;
      seen.set(leaf, (seen.get(leaf) ?? new Map<string, Composition>()).set(key, composition));
    }
  }
  return seen;
}

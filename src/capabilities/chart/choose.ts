import { compose, solveFor, solveForTwo, type Composition } from './solve.ts';
import type { Leaf } from './trials.ts';
import { rewriteText, rewrittenWord } from './written.ts';

/** A place and what it must become. */
export type Goal = {
  readonly key: string;
  /** As it stands without an override. */
  readonly base: string;
  readonly target: string;
  /** 1 for an image; less for what is only a setting from which names are made. */
  readonly weight: number;
  /** What its values make of it. */
  readonly composition: Composition;
};

/** An empty value that was tried, and what became of the places that it changed. */
export type Variant = {
  readonly leaf: Leaf;
  readonly compositions: ReadonlyMap<string, Composition>;
  /** Places beside the images that it changes; an object that comes or goes counts for many. */
  readonly beside: number;
};

export type Model = {
  readonly goals: readonly Goal[];
  readonly leaves: ReadonlyMap<number, Leaf>;
  readonly variants: readonly Variant[];
  /** Strings beside the images that a value changes. */
  readonly elsewhere: ReadonlyMap<number, number>;
  /** `leaf=value` that trials have shown to be wrong; `leaf` when no value of it is right. */
  readonly forbidden: ReadonlySet<string>;
  /** Places that only look like images. */
  readonly leftAlone: ReadonlySet<string>;
};

export type Chosen = ReadonlyMap<number, string>;

type Option = { readonly settings: readonly (readonly [number, string])[]; readonly score: number };

/** The place under chosen values: an empty value that is set changes how the name is made. */
export function compositionUnder(goal: Goal, chosen: Chosen, { variants }: Model): Composition {
  let found = goal.composition;
  for (const { leaf, compositions } of variants) {
    if (chosen.has(leaf.id)) found = compositions.get(goal.key) ?? found;
  }
  return found;
}

export function outcome(goal: Goal, chosen: Chosen, model: Model): string {
  const composition = compositionUnder(goal, chosen, model);
  // What a template does with a value that it takes apart is told by the next trial; here it is believed.
  const isReplaced = composition.bent.some(
    (id) => chosen.has(id) && chosen.get(id) === wholeValue(model, id, goal),
  );
  return isReplaced ? goal.target : compose(composition, chosen);
}

/** Few values that move many places, one after the other. Places that end up neither moved nor as before are faults. */
export function choose(model: Model): Chosen {
  let chosen: Chosen = new Map();
  for (;;) {
    const options = optionsFor(model, chosen);
    const best = options.toSorted((a, b) => b.score - a.score)[0];
    if (best === undefined || best.score <= 0) return chosen;
    chosen = new Map([...chosen, ...best.settings]);
  }
}

function optionsFor(model: Model, chosen: Chosen): readonly Option[] {
  const options = new Map<string, Option>();
  const consider = (settings: readonly (readonly [number, string])[]): void => {
    const key = settings.map(([leaf, value]) => `${leaf}=${value}`).join(' ');
    if (options.has(key) || settings.some((it) => isForbidden(it, model))) return;
    options.set(key, { settings, score: score(settings, chosen, model) });
  };
  for (const goal of model.goals) {
    const now = compositionUnder(goal, chosen, model);
    if (compose(now, chosen) === goal.target) continue;
    let single = propose(now, goal.target, chosen, consider);
    for (const { leaf, compositions } of model.variants) {
      const variant = compositions.get(goal.key);
      if (variant === undefined || chosen.has(leaf.id)) continue;
      const value = solveFor(variant, leaf.id, chosen, goal.target);
      if (value === undefined) continue;
      single = true;
      consider([[leaf.id, value]]);
    }
    for (const id of now.bent) {
      const value = wholeValue(model, id, goal);
      if (value !== undefined && !chosen.has(id)) {
        single = true;
        consider([[id, value]]);
      }
    }
    const two = single ? undefined : solveForTwo(now, chosen, goal.target);
    if (two !== undefined) consider(two);
  }
  return [...options.values()];
}

function isForbidden([leaf, value]: readonly [number, string], { forbidden }: Model): boolean {
  return forbidden.has(`${leaf}`) || forbidden.has(`${leaf}=${value}`);
}

function propose(
  composition: Composition,
  target: string,
  chosen: Chosen,
  consider: (settings: readonly (readonly [number, string])[]) => void,
): boolean {
  let any = false;
  for (const { leaf } of composition.placements) {
    const value = solveFor(composition, leaf, chosen, target);
    if (value === undefined) continue;
    any = true;
    consider([[leaf, value]]);
  }
  return any;
}

/** A text with images in it, all of them mirrored; or a name of which a template takes a part. */
function wholeValue(model: Model, id: number, goal: Goal): string | undefined {
  const { value = '', inside = [] } = model.leaves.get(id) ?? {};
  if (inside.length > 0) {
    const targets = new Map(model.goals.map(({ base, target }) => [base, target]));
    const text = rewriteText(value, inside, (image) => targets.get(image));
    return text === value ? undefined : text;
  }
  const templated = value.includes('{{') ? rewrittenWord(value, goal.base, goal.target) : undefined;
  if (templated !== undefined) return templated;
  const tag = /[:@][^/]*$/;
  return tag.test(value) ? goal.target : goal.target.replace(/@.*$/, '').replace(/:[^/]*$/, '');
}

/** What an option wins: places moved, less places spoilt, and small reasons to prefer one of two equal ones. */
function score(settings: readonly (readonly [number, string])[], chosen: Chosen, model: Model): number {
  const next: Chosen = new Map([...chosen, ...settings]);
  let won = 0;
  for (const goal of model.goals) {
    const [before, after] = [outcome(goal, chosen, model), outcome(goal, next, model)];
    if (before === after) continue;
    if (after === goal.target) won += goal.weight;
    else if (before === goal.target) won -= 2 * goal.weight;
    // Bent for the moment: another value may set it right, or this one is taken back.
    else won -= 0.4 * goal.weight;
  }
  if (settings.some(([id]) => model.leaves.get(id) === undefined)) return -1;
  return (
    won - settings.reduce((all, [id, value]) => all + price(id, value, model), 0) - (settings.length - 1)
  );
}

function price(id: number, value: string, model: Model): number {
  const leaf = model.leaves.get(id);
  if (leaf === undefined) return 1;
  const pins = /[:@][^/]*$/.test(value) && (leaf.isEmpty || !/[:@][^/]*$/.test(leaf.value));
  const besides = model.variants.find((it) => it.leaf.id === id)?.beside ?? model.elsewhere.get(id) ?? 0;
  const beside = Math.min(0.3, 0.02 * besides);
  const indirect = leaf.switches.length + leaf.twins.length;
  return (pins ? 0.2 : 0) + beside + (leaf.isEmpty ? 0.01 : 0) + 0.001 * leaf.path.length + 0.05 * indirect;
}

import { choose, compositionUnder, outcome, type Chosen, type Goal, type Model } from './choose.ts';
import { spoiltNames } from './identifiers.ts';
import type { Render } from './render.ts';
import { idsIn } from './solve.ts';
import type { Leaf, Trial, Trials } from './trials.ts';
import { type ChartUsage, usagesOf } from './usages.ts';
import { pathText, type ValuePath } from './values.ts';

/** Answers of which single values are taken back; then values are given up for good. */
const maxAnswers = 8;

export type Found = {
  readonly settings: readonly (readonly [Leaf, string])[];
  readonly guards: readonly ValuePath[];
  /** The render under the override. */
  readonly after: Render;
  readonly usages: ReadonlyMap<string, ChartUsage>;
  readonly model: Model;
};

/** The number of a leaf, and its value. */
type Entry = readonly [number, string];

/**
 * Tries answers until one does what it should and nothing else; what a trial shows to be wrong is not tried again.
 */
export async function settle(known: Omit<Model, 'forbidden'>, base: Render, trials: Trials): Promise<Found> {
  const forbidden = new Set<string>();
  for (let answer = 0; ; answer += 1) {
    const model = { ...known, forbidden };
    const chosen = withoutFaults(model, forbidden);
    const settings = [...chosen].flatMap(([id, value]) => {
      const leaf = known.leaves.get(id);
      return leaf === undefined ? [] : [[leaf, value] as const];
    });
    const trial = await trials.mark([], settings);
    const guilty = trial === undefined ? refusedIn(settings, trials) : guiltyIn(model, chosen, base, trial);
    if (trial !== undefined && guilty.length === 0) {
      return await prune(
        { settings, guards: [...trials.guards.values()], after: trial.render, usages: trial.usages, model },
        base,
        trials,
      );
    }
    if (chosen.size === 0) return await unchanged(model, trials);
    for (const [id, value] of guilty) forbidden.add(answer < maxAnswers ? `${id}=${value}` : `${id}`);
  }
}

/** Settings that the refusal names; else the last choice goes. */
function refusedIn(settings: Found['settings'], trials: Trials): readonly Entry[] {
  const named = trials.refusedOf(settings);
  return (named.length > 0 ? named : settings.slice(-1)).map(([leaf, value]) => [leaf.id, value]);
}

/** Settings by which a place is neither as before nor where it should be, or a name is none any more. */
function guiltyIn(model: Model, chosen: Chosen, base: Render, trial: Trial): readonly Entry[] {
  const entries = [...chosen];
  const wrong = wrongIn(model, trial.usages);
  const guilty = wrong.flatMap((goal) => lastOf(goal, entries, chosen, model));
  const spoilt = spoiltNames(base, trial.render);
  const inNames = entries.filter(([, value]) => spoilt.some((text) => text.includes(value)));
  if (guilty.length > 0 || inNames.length > 0) return [...guilty, ...inNames];
  // Changed by something that marks did not show.
  return wrong.length > 0 || spoilt.length > 0 ? entries.slice(-1) : [];
}

/** The last choice that has a part in a place. */
function lastOf(goal: Goal, entries: readonly Entry[], chosen: Chosen, model: Model): readonly Entry[] {
  const ids = new Set(idsIn(compositionUnder(goal, chosen, model)));
  return entries.filter(([id]) => ids.has(id)).slice(-1);
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
    const guilty = spoilt.flatMap((goal) => lastOf(goal, [...chosen], chosen, model));
    if (guilty.length === 0) return chosen;
    for (const [id, value] of guilty) forbidden.add(`${id}=${value}`);
  }
}

/** Leaves out what is not needed. */
async function prune(found: Found, base: Render, trials: Trials): Promise<Found> {
  let best = found;
  const good = reached(best);
  const attempt = async (settings: Found['settings'], guards: readonly ValuePath[]): Promise<void> => {
    const before = new Map(trials.guards);
    trials.takeGuards(new Map(guards.map((path) => [pathText(path), path])));
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
      wrongIn(next.model, next.usages).length === 0 &&
      spoiltNames(base, next.after).length === 0;
    if (fits) best = next;
    else trials.takeGuards(before);
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

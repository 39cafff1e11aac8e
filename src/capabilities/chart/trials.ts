import { isError } from '../../core/base/index.ts';
import type { Json, JsonObject } from '../../core/model/index.ts';
import { isMarked, markText, unmark } from './marks.ts';
import { createRenderReader, type Render } from './render.ts';
import { replaceName } from './replace-name.ts';
import type { Composition, Placement } from './solve.ts';
import { usagesOf, type ChartUsage } from './usages.ts';
import type { Written } from './written.ts';
import { overrideOf, pathText, valueAt, type ValuePath } from './values.ts';

/** A value of the chart that may have a part in image names. */
export type Leaf = {
  readonly id: number;
  readonly path: ValuePath;
  /** Other paths that must have the same value, or the chart refuses. */
  readonly twins: readonly ValuePath[];
  /** As it is in force; a placeholder for one that is empty or absent. */
  readonly value: string;
  readonly isEmpty: boolean;
  /** Images that stand in a longer text; only they are marked. */
  readonly inside: readonly Written[];
  /** Switches without which the value does nothing. */
  readonly switches: readonly ValuePath[];
};

/** What stands where an empty value is tried. */
export const placeholder = 'new.example';
export const wholePlaceholder = 'new.example/new:1';

/** Numbers of leaves: each kind has a range of its own. */
export const numbers = {
  set: 0,
  twins: 100_000,
  empty: 200_000,
  switched: 300_000,
  whole: 400_000,
  any: 500_000,
};

export type Trial = {
  readonly usages: ReadonlyMap<string, ChartUsage>;
  readonly compositions: ReadonlyMap<string, Composition>;
  /** Strings that hold marks and no image, by the leaf that is in them. */
  readonly elsewhere: ReadonlyMap<number, number>;
  readonly render: Render;
};

export type RenderChart = (values: JsonObject) => Promise<string>;

/** One search of refused values; a chart that refuses more has no way through in sensible time. */
const maxHalvings = 24;
/** Dotted paths that a refusal names. */
const dottedPath = /(?<![\w./-])[a-z]\w*(?:\.[a-zA-Z]\w*)+(?![\w/-])/g;

/** Renders a chart with trial values, and learns what it refuses. */
export class Trials {
  readonly #renderChart: RenderChart;
  readonly #inForce: Json;
  readonly #read = createRenderReader();
  readonly #guardPaths: readonly ValuePath[];
  /** Switches that let foreign names pass. */
  readonly guards = new Map<string, ValuePath>();
  /** Leaves that the chart refuses with marks in them. */
  readonly refused = new Set<number>();
  /** What helm said of the names themselves, by leaf. */
  readonly refusals = new Map<number, string>();
  /** How often helm was asked. */
  renders = 0;
  readonly #known = new Map<string, Render | Error>();
  #halvings = 0;
  /** The last one. */
  #refusal = '';

  constructor(
    renderChart: RenderChart,
    {
      base,
      inForce,
      guardPaths,
    }: { readonly base: Render; readonly inForce: Json; readonly guardPaths: readonly ValuePath[] },
  ) {
    this.#renderChart = renderChart;
    this.#inForce = inForce;
    this.#guardPaths = guardPaths;
    this.#known.set('{}', base);
  }

  override(
    leaves: Iterable<readonly [Leaf, string]>,
    guards: Iterable<ValuePath> = this.guards.values(),
  ): JsonObject {
    const settings: [ValuePath, Json][] = [];
    for (const [leaf, value] of leaves) {
      for (const path of [leaf.path, ...leaf.twins]) settings.push([path, value]);
      for (const path of leaf.switches) settings.push([path, true]);
    }
    for (const path of guards) settings.push([path, true]);
    return overrideOf(this.#inForce, settings);
  }

  /** Goes back to the guards of an earlier moment. */
  takeGuards(guards: ReadonlyMap<string, ValuePath>): void {
    this.guards.clear();
    for (const [key, path] of guards) this.guards.set(key, path);
  }

  /** What the chart makes of values; helm is asked once for each. */
  async render(values: JsonObject): Promise<Render> {
    const text = JSON.stringify(values);
    let known = this.#known.get(text);
    if (known === undefined) {
      known = await this.renderAnew(values).catch((error: unknown) => {
        if (error instanceof Error) return error;
        throw error;
      });
      this.#known.set(text, known);
    }
    if (known instanceof Error) throw known;
    return known;
  }

  /** What it makes of them this time: names may be random. */
  async renderAnew(values: JsonObject): Promise<Render> {
    this.renders += 1;
    return this.#read(await this.#renderChart(values));
  }

  /**
   * Marks leaves and renders, with others set. Leaves that the chart refuses are left out, and remembered.
   */
  async mark(
    leaves: readonly Leaf[],
    set: readonly (readonly [Leaf, string])[] = [],
  ): Promise<Trial | undefined> {
    const render = await this.#renderAllowed(
      leaves.filter(({ id }) => !this.refused.has(id)),
      set,
    );
    return render === undefined ? undefined : readTrial(render, leaves);
  }

  async #renderAllowed(
    leaves: readonly Leaf[],
    set: readonly (readonly [Leaf, string])[],
  ): Promise<Render | undefined> {
    let rest = leaves;
    // Each turn drops or allows something; a chart that refuses more than this is searched by halves.
    for (let turn = 0; turn < 4; turn += 1) {
      const [render, error] = await this.#attempt(rest, set);
      if (error === undefined) return render;
      if (await this.#learnGuard(error, rest, set)) continue;
      const named = rest.filter((leaf) => names(error, leaf));
      if (named.length === 0 || named.length === rest.length) break;
      for (const { id } of named) this.refused.add(id);
      rest = rest.filter(({ id }) => !this.refused.has(id));
    }
    this.#halvings = 0;
    // Values that are set have been marked together before; the empty ones are to blame.
    const sure = rest.some(({ isEmpty }) => isEmpty) ? rest.filter(({ isEmpty }) => !isEmpty) : [];
    const doubtful = rest.filter((leaf) => !sure.includes(leaf));
    const allowed = [...sure, ...(await this.#halves(doubtful, set, sure))];
    return allowed.length === 0 && set.length === 0 ? undefined : (await this.#attempt(allowed, set))[0];
  }

  /** The leaves that can be marked together. */
  async #halves(
    leaves: readonly Leaf[],
    set: readonly (readonly [Leaf, string])[],
    sure: readonly Leaf[],
  ): Promise<readonly Leaf[]> {
    if (leaves.length === 0) return [];
    this.#halvings += 1;
    if (this.#halvings > maxHalvings) {
      for (const { id } of leaves) this.refused.add(id);
      return [];
    }
    const [, error] = await this.#attempt([...sure, ...leaves], set);
    if (error === undefined) return leaves;
    const [only] = leaves;
    if (leaves.length === 1 && only !== undefined) {
      this.refused.add(only.id);
      return [];
    }
    const middle = Math.ceil(leaves.length / 2);
    const left = await this.#halves(leaves.slice(0, middle), set, sure);
    const right = await this.#halves(leaves.slice(middle), set, [...sure, ...left]);
    return [...left, ...right];
  }

  async #attempt(
    leaves: readonly Leaf[],
    set: readonly (readonly [Leaf, string])[],
    guards: Iterable<ValuePath> = this.guards.values(),
  ): Promise<readonly [Render | undefined, string | undefined]> {
    try {
      const trial = leaves.map((leaf) => [leaf, marked(leaf)] as const);
      return [await this.render(this.override([...set, ...trial], guards)), undefined];
    } catch (error) {
      if (isError(error, 'PM_HELM_FAILED')) this.#refusal = error.params.reason;
      else if (isError(error, 'PM_FILE_BROKEN')) this.#refusal = error.message;
      else throw error;
      return [undefined, this.#refusal];
    }
  }

  /** The settings that the last refusal names; remembers what it said of them. */
  refusedOf(settings: readonly (readonly [Leaf, string])[]): readonly (readonly [Leaf, string])[] {
    const named = settings.filter(([leaf]) => names(this.#refusal, leaf));
    for (const [{ id }] of named) this.refusals.set(id, this.#refusal);
    return named;
  }

  /** A refusal that names a switch, or a chart that has a switch of this kind: does it let the names pass. */
  async #learnGuard(
    error: string,
    leaves: readonly Leaf[],
    set: readonly (readonly [Leaf, string])[],
  ): Promise<boolean> {
    if (!isRefusal(error)) return false;
    const inError = [...error.matchAll(dottedPath)].map(([path]) => path.replace(/^Values\./, '').split('.'));
    const off = [...inError, ...this.#guardPaths].filter((path) => {
      const value = valueAt(this.#inForce, path);
      return (value === undefined || value === false || value === null) && !this.guards.has(pathText(path));
    });
    const said = off.filter((path) => path.length > 1 && error.includes(path.join('.')));
    const candidates =
      said.length > 0 ? said : off.filter((path) => /allow|skip|insecure|bypass/i.test(String(path.at(-1))));
    for (const path of candidates.slice(0, 8)) {
      const [, again] = await this.#attempt(leaves, set, [...this.guards.values(), path]);
      // Another refusal may be the next of several guards, if the message asked for this one.
      const isNext = said.length > 0 && again !== error && again !== undefined && isRefusal(again);
      if (again !== undefined && !isNext) continue;
      this.guards.set(pathText(path), path);
      return true;
    }
    return false;
  }
}

function marked({ value, id, inside }: Leaf): string {
  if (inside.length === 0) return markText(value, id);
  return inside
    .toSorted((a, b) => b.text.length - a.text.length)
    .reduce((done, { lead, text }) => replaceName(done, lead + text, lead + markText(text, id)), value);
}

/** The chart said no (`fail`, `required`); anything else is a mistake of the trial. */
function isRefusal(error: string): boolean {
  return error.includes('execution error at');
}

/** Does helm's message name the value: by path, by JSON pointer, or as a key that must not be. */
function names(error: string, { path }: Leaf): boolean {
  const keys = path.map(String);
  const last = keys.at(-1) ?? '';
  const parent = keys.slice(0, -1);
  const whole = new RegExp(`(?<![\\w.])${escapeRegExp(keys.join('.'))}(?![\\w.])`);
  if (whole.test(error)) return true;
  let chart = '';
  return error.split('\n').some((line) => {
    chart = /^(\S+):$/.exec(line)?.[1] ?? chart;
    // A leaf makes a map of what stands above it: `got object, want string`, before helm 3.18 `given: object`.
    const above = /at '(\/[^']+)': got object|^- ([\w.-]+): Invalid type.*given: object/.exec(line);
    const map = above?.[1] ?? above?.[2]?.replace(/^\(root\)\.?/, '').replaceAll('.', '/');
    if (map !== undefined && `/${keys.join('/')}`.includes(`/${map.replace(/^\//, '')}/`)) return true;
    const pointer = /at '([^']*)'/.exec(line)?.[1];
    if (pointer === undefined) return false;
    if (pointer !== '' && `/${keys.join('/')}`.endsWith(pointer)) return true;
    if (!new RegExp(`additional propert.*'${escapeRegExp(last)}'`).test(line)) return false;
    return pointer === ''
      ? parent.length === 0 || parent.at(-1) === chart
      : `/${parent.join('/')}`.endsWith(pointer);
  });
}

function readTrial(render: Render, leaves: readonly Leaf[]): Trial {
  const values = new Map(leaves.map((leaf) => [leaf.id, leaf.value]));
  const usages = usagesOf(render);
  const compositions = new Map<string, Composition>();
  const inImages = new Set<string>();
  for (const [key, usage] of usages) {
    compositions.set(key, compositionOf(usage.image, values));
    inImages.add(`${usage.object.key} ${usage.path}`);
  }
  const elsewhere = new Map<number, number>();
  for (const object of render.values()) {
    for (const [path, text] of object.strings) {
      if (!isMarked(text) || inImages.has(`${object.key} ${path}`)) continue;
      for (const id of new Set(unmark(text).marks.map((mark) => mark.id))) {
        elsewhere.set(id, (elsewhere.get(id) ?? 0) + 1);
      }
    }
  }
  return { usages, compositions, elsewhere, render };
}

/** Takes the marks out of an image's name, and says which value stands where. */
export function compositionOf(marked: string, values: ReadonlyMap<number, string>): Composition {
  const { text, marks } = unmark(marked);
  const placements: Placement[] = [];
  const bent = new Set<number>();
  for (const [leaf, ofLeaf] of Map.groupBy(marks, ({ id }) => id)) {
    const value = values.get(leaf) ?? '';
    const offset = unmark(markText(value, leaf)).marks[0]?.start ?? 0;
    const starts = ofLeaf
      .map(({ start }) => start - offset)
      .filter((start) => start >= 0 && text.startsWith(value, start));
    for (const start of starts) {
      const end = start + value.length;
      if (!placements.some((it) => it.start < end && start < it.end)) placements.push({ leaf, start, end });
    }
    if (starts.length === 0) bent.add(leaf);
  }
  return { text, placements: placements.toSorted((a, b) => a.start - b.start), bent: [...bent] };
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

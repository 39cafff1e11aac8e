import type { Found } from './settle.ts';
import type { ChartUsage } from './usages.ts';
import { pathText, type ValueLeaf } from './values.ts';

/** Why no value moves an image. */
export type Unmoved = {
  readonly usage: ChartUsage;
  /** The name it should have. */
  readonly to: string;
  /**
   * `hard-coded`: it stands in a file of the chart; `shared`: its values make other images too, which they would spoil;
   * `refused`: the chart does not take the new name, by its schema or a check of its own; `composed`: a template makes
   * it up in a way that no value changes as it should; `set`: the user's `--set` says it, and wins over every file;
   * `invalid`: it is no name at all, e.g. because a value that the
   * chart needs is not set.
   */
  readonly reason: 'hard-coded' | 'shared' | 'refused' | 'composed' | 'set' | 'invalid';
  /** File and line of the chart where the name stands. */
  readonly at?: { readonly file: string; readonly line: number };
  /** Values that have a part in the name. */
  readonly paths: readonly string[];
  /** What the chart says of the value that it refuses. */
  readonly said?: string;
};

/** Finds out why an image stays. */
export function explainUnmoved(
  usage: ChartUsage,
  to: string,
  { model }: Found,
  {
    texts,
    refusals,
    fixed,
  }: {
    readonly texts: ReadonlyMap<string, string>;
    readonly refusals: ReadonlyMap<number, string>;
    /** Values of `--set`. */
    readonly fixed: readonly ValueLeaf[];
  },
): Unmoved {
  const said = fixed.filter(
    ({ value }) => typeof value === 'string' && /[./]/.test(value) && usage.image.includes(value),
  );
  if (said.length > 0) return { usage, to, reason: 'set', paths: said.map(({ path }) => pathText(path)) };
  const goal = model.goals.find(({ key }) => key === usage.key);
  const ids = new Set([
    ...(goal?.composition.placements ?? []).map(({ leaf }) => leaf),
    ...(goal?.composition.bent ?? []),
  ]);
  const tried = model.variants.flatMap(({ leaf, compositions }) =>
    compositions.has(usage.key) ? [leaf.id] : [],
  );
  for (const id of [...ids, ...tried]) {
    const [leaf, error] = [model.leaves.get(id), refusals.get(id)];
    if (leaf === undefined || error === undefined) continue;
    return { usage, to, reason: 'refused', paths: [pathText(leaf.path)], said: refusalLine(error) };
  }
  const paths = [...ids].flatMap((id) => {
    const leaf = model.leaves.get(id);
    return leaf === undefined ? [] : [pathText(leaf.path)];
  });
  if (paths.length > 0) return { usage, to, reason: 'shared', paths };
  const at = placeOf(usage, texts);
  return at === undefined
    ? { usage, to, reason: 'composed', paths }
    : { usage, to, reason: 'hard-coded', at, paths };
}

/** The line of helm's message that says why: the first of a schema's findings, else the last one. */
function refusalLine(error: string): string {
  const lines = error.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => /^\s*- /.test(line)) ?? lines.at(-1) ?? '').replace(/^\s*- /, '');
}

/** In the template that made the object, else in any file but values and notes; whole, else without its tag. */
function placeOf({ image, object }: ChartUsage, texts: ReadonlyMap<string, string>): Unmoved['at'] {
  const own = object.template.slice(object.template.indexOf('/') + 1);
  const files = [...texts].filter(([path]) => !/(?:^|\/)(?:values[^/]*|README|Chart\.yaml|NOTES)/.test(path));
  const order = [...files.filter(([path]) => path === own), ...files.filter(([path]) => path !== own)];
  for (const text of [image, image.replace(/@.*$/, '').replace(/:[^/]*$/, '')]) {
    // A bare word is an image only where it is called one.
    const bare = new RegExp(`[iI]mage"?: *["']?${text}["']?\\s*$`);
    const isIn = (line: string): boolean => (/[/:]/.test(text) ? line.includes(text) : bare.test(line));
    for (const [file, content] of order) {
      const line = content.split('\n').findIndex(isIn);
      if (line >= 0) return { file, line: line + 1 };
    }
  }
  return undefined;
}

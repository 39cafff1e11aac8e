import type { Goal, Variant } from './choose.ts';
import { tryAlone, type Ground } from './empty.ts';
import { pathsNear } from './reads.ts';
import type { Composition } from './solve.ts';
import { numbers, placeholder, type Leaf } from './trials.ts';
import { leavesOf, pathText, valueAt, type ValuePath } from './values.ts';

/** Values whose names say nothing of images, tried one by one. */
const maxTried = 24;

/**
 * What may still move the places that are left: values that refuse marks but may take a name, and values that are
 * called anything. The latter count only where they change nothing beside images.
 */
export async function lastResort(
  ground: Ground & { readonly texts: ReadonlyMap<string, string> },
  candidates: readonly Leaf[],
  left: readonly Goal[],
): Promise<readonly Variant[]> {
  const { inForce, texts, trials } = ground;
  const refused = candidates.filter(({ id, isEmpty }) => !isEmpty && trials.refused.has(id));
  const variants: Variant[] = refused.flatMap((leaf) => asWritten(leaf, left));
  const known = new Set(candidates.map(({ path }) => pathText(path)));
  const words = new Set(left.flatMap(({ base }) => base.split(/[/:@]/)));
  const named = leavesOf(inForce).flatMap(({ path, value }) =>
    typeof value === 'string' && words.has(value) ? [path] : [],
  );
  const paths = new Map(
    [
      ...named,
      ...pathsNear(
        texts,
        left.map(({ base }) => base),
        inForce,
      ),
    ].map((path) => [pathText(path), path]),
  );
  let id = numbers.any;
  for (const path of [...paths].flatMap(([text, it]) => (known.has(text) ? [] : [it])).slice(0, maxTried)) {
    const leaf = leafAt(ground, path, (id += 1));
    if (leaf === undefined) continue;
    const found = await tryAlone(ground, leaf);
    variants.push(...found.filter(({ beside }) => beside === 0));
  }
  return variants;
}

function leafAt({ inForce }: Ground, path: ValuePath, id: number): Leaf | undefined {
  const value = valueAt(inForce, path) ?? '';
  if (typeof value !== 'string') return undefined;
  const isReachable = path.slice(1).every((_, depth) => {
    const above = valueAt(inForce, path.slice(0, depth + 1));
    return above === undefined || above === null || typeof above === 'object';
  });
  if (!isReachable) return undefined;
  const isEmpty = value === '';
  return { id, path, twins: [], value: isEmpty ? placeholder : value, isEmpty, inside: [], switches: [] };
}

/** Takes it that the value stands where its text does, since it cannot be marked: a trial will tell. */
function asWritten(leaf: Leaf, left: readonly Goal[]): readonly Variant[] {
  const compositions = new Map<string, Composition>();
  for (const { key, base, composition } of left) {
    const start = base.indexOf(leaf.value);
    if (start < 0 || base.includes(leaf.value, start + 1)) continue;
    const end = start + leaf.value.length;
    const others = composition.placements.filter((it) => it.end <= start || it.start >= end);
    const placements = [...others, { leaf: leaf.id, start, end }].toSorted((a, b) => a.start - b.start);
    compositions.set(key, { text: base, placements, bent: [] });
  }
  return compositions.size === 0 ? [] : [{ leaf, compositions, beside: 0 }];
}

/** A box of the picture, in a column. */
export type Box = {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Two boxes that belong together, and how many pods that is. */
export type Link = { readonly from: string; readonly to: string; readonly pods: number };

export type Column = { readonly x: number; readonly width: number; readonly keys: readonly string[] };

export type Layout = {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly height: number;
};

const boxHeight = 26;
const gap = 10;

/**
 * Places the boxes of each column below one another: the first column in its order, every other one by where the
 * boxes that lead to it stand, so that few links cross. Shorter columns are spread over the height.
 */
export function layOut(columns: readonly Column[], links: readonly Link[], top: number): Layout {
  const most = Math.max(...columns.map(({ keys }) => keys.length), 1);
  const height = most * (boxHeight + gap) - gap;
  const boxes = new Map<string, Box>();
  for (const [index, { x, width, keys }] of columns.entries()) {
    const ordered = index === 0 ? keys : byNeighbours(keys, links, boxes);
    // Not further apart than twice as usual: two boxes at the two ends of a long picture belong to nothing.
    const pitch = Math.min(height / Math.max(ordered.length, 1), (boxHeight + gap) * 2);
    const start = top + (height - pitch * ordered.length) / 2 + (pitch - boxHeight) / 2;
    for (const [row, key] of ordered.entries()) {
      boxes.set(key, { key, x, y: start + row * pitch, width, height: boxHeight });
    }
  }
  return { boxes, height: top + height };
}

function byNeighbours(
  keys: readonly string[],
  links: readonly Link[],
  placed: ReadonlyMap<string, Box>,
): readonly string[] {
  const sums = new Map<string, { sum: number; n: number }>();
  for (const { from, to } of links) {
    const box = placed.get(from);
    if (box === undefined) continue;
    const entry = sums.get(to) ?? { sum: 0, n: 0 };
    sums.set(to, { sum: entry.sum + box.y, n: entry.n + 1 });
  }
  const middle = (key: string): number => {
    const entry = sums.get(key);
    return entry === undefined ? Number.MAX_SAFE_INTEGER : entry.sum / entry.n;
  };
  return keys.toSorted((a, b) => middle(a) - middle(b));
}

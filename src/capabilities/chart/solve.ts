/** What a place of the render is made of, as marks have shown. */
export type Placement = { readonly leaf: number; readonly start: number; readonly end: number };

export type Composition = {
  /** With the values that the marked render had. */
  readonly text: string;
  readonly placements: readonly Placement[];
  /** Values that have a part in it, but not as they are. */
  readonly bent: readonly number[];
};

export type Settings = ReadonlyMap<number, string>;

/** The values that have a part in it. */
export function idsIn({ placements, bent }: Composition): readonly number[] {
  return [...placements.map(({ leaf }) => leaf), ...bent];
}

/** The text with values set. */
export function compose({ text, placements }: Composition, settings: Settings): string {
  let done = '';
  let end = 0;
  for (const { leaf, start, end: stop } of placements) {
    done += text.slice(end, start) + (settings.get(leaf) ?? text.slice(start, stop));
    end = stop;
  }
  return done + text.slice(end);
}

/** What a value must be so that the text becomes the target; undefined when it cannot do that alone. */
export function solveFor(
  composition: Composition,
  leaf: number,
  settings: Settings,
  target: string,
): string | undefined {
  const { text, placements } = composition;
  const at = placements.findIndex((it) => it.leaf === leaf);
  const place = placements[at];
  if (place === undefined || settings.has(leaf)) return undefined;
  const before = compose(
    { text: text.slice(0, place.start), placements: placements.slice(0, at), bent: [] },
    settings,
  );
  const rest = placements.slice(at + 1);
  const shift = place.end;
  const after = compose(
    {
      text: text.slice(shift),
      placements: rest.map((it) => ({ ...it, start: it.start - shift, end: it.end - shift })),
      bent: [],
    },
    settings,
  );
  if (target.length <= before.length + after.length) return undefined;
  if (!target.startsWith(before) || !target.endsWith(after)) return undefined;
  const value = target.slice(before.length, target.length - after.length);
  const solved = new Map(settings).set(leaf, value);
  return compose(composition, solved) === target ? value : undefined;
}

/** Two values that make the target together: the first takes as much as leaves the second its last part. */
export function solveForTwo(
  composition: Composition,
  settings: Settings,
  target: string,
): readonly (readonly [number, string])[] | undefined {
  const free = composition.placements.filter(({ leaf }) => !settings.has(leaf));
  const [first, second] = free;
  if (first === undefined || second === undefined) return undefined;
  for (let cut = target.length; cut > 0; cut -= 1) {
    const head = target.slice(0, cut);
    if (!/[/\w]$/.test(head) || target[cut] !== '/') continue;
    for (const value of [head, `${head}/`]) {
      const trial = new Map(settings).set(first.leaf, value);
      const other = solveFor(composition, second.leaf, trial, target);
      if (other !== undefined)
        return [
          [first.leaf, value],
          [second.leaf, other],
        ];
    }
  }
  return undefined;
}

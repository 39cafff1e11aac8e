import { readField, spliceText } from '../../../../core/edit/index.ts';
import type { FieldChange, ImageOrigin } from '../../../../core/model/index.ts';
import { editsFor } from '../../files.ts';

/** The fields of an object that name an image, with another name; undefined where they cannot say it. */
export function changesAt(
  { object, usages, adds }: ImageOrigin,
  image: string,
): readonly FieldChange[] | undefined {
  const edits = usages.map((usage) => editsFor(usage, image));
  if (edits.includes(undefined)) return undefined;
  const all = edits.flatMap((one) => one ?? []);
  const changes = [...Map.groupBy(all, ({ file }) => file)].flatMap(
    ([path, here]): readonly FieldChange[] => {
      const before = readField(object, path);
      return typeof before === 'string'
        ? [{ path, before, after: spliceText(before, here), ...guardOf(object, path) }]
        : [];
    },
  );
  const added = adds.map(({ path, lead }) => ({ path, after: `${lead}${image}`, ...guardOf(object, path) }));
  return changes.length + added.length === 0 ? undefined : [...changes, ...added];
}

/** A variable is known by its name, a container's argument by that of the container. */
function guardOf(object: ImageOrigin['object'], path: string): Pick<FieldChange, 'guard'> {
  const item =
    /^(.*\/env\/\d+)\/value$/.exec(path)?.[1] ??
    /^(.*\/(?:initContainers|containers)\/\d+)\//.exec(path)?.[1];
  const value = item === undefined ? undefined : readField(object, `${item}/name`);
  return item === undefined || value === undefined ? {} : { guard: { path: `${item}/name`, value } };
}

/** Several images in one text: each of its changes was made from the same old text. */
export function mergedChanges(changes: readonly FieldChange[]): readonly FieldChange[] {
  const merged = new Map<string, FieldChange>();
  for (const change of changes) {
    const known = merged.get(change.path);
    merged.set(change.path, known === undefined ? change : { ...change, after: together(known, change) });
  }
  return [...merged.values()];
}

function together(one: FieldChange, other: FieldChange): FieldChange['after'] {
  const { before } = one;
  if (typeof before !== 'string' || typeof one.after !== 'string' || typeof other.after !== 'string')
    return other.after;
  const edits = [one.after, other.after].map((after) => editBetween(before, after));
  const [first, second] = edits.toSorted((a, b) => a.offset - b.offset);
  if (first === undefined || second === undefined || one.after === other.after) return one.after;
  const isApart = first.offset + first.length <= second.offset;
  return isApart
    ? spliceText(
        before,
        [first, second].map((edit) => ({ file: '', ...edit })),
      )
    : other.after;
}

/** The one part of a text that became another. */
function editBetween(before: string, after: string) {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return {
    offset: start,
    length: before.length - start - end,
    before: before.slice(start, before.length - end),
    after: after.slice(start, after.length - end),
  };
}

import { repositoryName, shortName, tryParseReference } from '../image/index.ts';
import type { Selectable, Selection } from '../model/index.ts';

/** Of one field any of the patterns must fit, and every field that is named must. Nothing named: everything is chosen. */
export function selects(selections: readonly Selection[], { image, object }: Selectable): boolean {
  const byField = Map.groupBy(selections, ({ field }) => field);
  const names = {
    image: () => imageNames(image),
    namespace: () => [object.namespace ?? ''],
    kind: () => [object.kind, `${object.kind}/${object.name}`],
  };
  return [...byField].every(([field, some]) =>
    some.some(({ pattern }) =>
      names[field]().some((name) => hasForm(pattern.toLowerCase(), name.toLowerCase())),
    ),
  );
}

/** All ways to write it: whole or as people shorten it, each with and without tag and digest. */
function imageNames(image: string): readonly string[] {
  const reference = tryParseReference(image);
  if (reference === undefined) return [image];
  const { registry, repository, tag } = reference;
  const whole = repositoryName(reference);
  const short = shortName({ registry, repository }).replace(/:latest$/, '');
  const bare = [whole, whole.replace(/^docker\.io\//, ''), short];
  return [
    image,
    shortName(reference),
    ...bare.flatMap((name) => (tag === undefined ? [name] : [name, `${name}:${tag}`])),
  ];
}

/** Without a regular expression, so that no pattern can take long: the last `*` is widened step by step. */
function hasForm(pattern: string, text: string): boolean {
  let [at, from, star, mark] = [0, 0, -1, 0];
  while (at < text.length) {
    const letter = pattern[from];
    if (letter === '*') {
      star = from;
      mark = at;
      from += 1;
    } else if (letter === '?' || letter === text[at]) {
      from += 1;
      at += 1;
    } else if (star >= 0) {
      mark += 1;
      at = mark;
      from = star + 1;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(from));
}

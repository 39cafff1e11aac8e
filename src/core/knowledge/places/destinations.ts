import type { Json } from '../../model/index.ts';
import { namesDestination } from './field-name.ts';

/** Programs that bring images somewhere, and their word for it. */
const pushing =
  /(?:^|[\s/"'(])(?:buildah|buildctl|crane|docker|img|kubectl-build|nerdctl|oras|pack|podman|regctl|skopeo)\s(?:[^|;&]*?\s)??(build|bud|buildx|copy|cp|push|tag)(?=\s|$)/;

/** What it is called that a build makes: `-t NAME`, `--tag=NAME`. */
const made = /\s(?:-t|--tag)[\s=]+["']?([^\s"']+)/g;

/** The parts of a command line that name what is pushed, built or tagged; the rest of it may be pulled. */
export function destinationsIn(line: string): readonly { readonly start: number; readonly end: number }[] {
  if (!/\b(?:build|bud|buildx|copy|cp|push|tag)\b/.test(line)) return [];
  const found: { start: number; end: number }[] = [];
  for (const { 0: command, index } of line.matchAll(/[^;|&]+/g)) {
    const verb = pushing.exec(command)?.[1];
    if (verb === undefined) continue;
    const end = index + command.length;
    if (verb === 'push' || verb === 'tag') found.push({ start: index, end });
    else if (verb === 'copy' || verb === 'cp') {
      const last = command.trimEnd().search(/\S+$/);
      found.push({ start: index + last, end });
    } else {
      for (const { 0: flag, index: at, 1: name = '' } of command.matchAll(made)) {
        const stop = index + at + flag.length;
        found.push({ start: stop - name.length, end: stop });
      }
    }
  }
  return found;
}

/** The same of a command whose words stand in a list: the places of those that are pushed. */
export function pushedItems(list: readonly Json[]): ReadonlySet<number> {
  const places = new Set<number>();
  if (list.length < 2 || list.some((item) => typeof item !== 'string' || item.includes('\n'))) return places;
  const words = list as readonly string[];
  const pushed = destinationsIn(words.join(' '));
  let start = 0;
  for (const [index, item] of words.entries()) {
    const end = start + item.length;
    const isValue = namesDestination(words[index - 1] ?? '') && /^-[^=\s]+$/.test(words[index - 1] ?? '');
    if (isValue || pushed.some((it) => it.start <= start && end <= it.end)) places.add(index);
    start = end + 1;
  }
  return places;
}

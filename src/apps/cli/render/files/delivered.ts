import { deliveredFrom } from '../../../../core/i18n/index.ts';
import type { SourceChange } from '../../../../flows/index.ts';
import type { Page } from '../page.ts';
import { wrap } from '../wrap.ts';

/** What changes in the source of each delivery, and what was not found. */
export function deliveredLines(changes: readonly SourceChange[], page: Page): readonly string[] {
  const { m, paint } = page;
  if (changes.length === 0) return wrap(m.gitops.none, page.width);
  return changes.flatMap((change) => {
    const from = change.manager.source === undefined ? '' : deliveredFrom(change.manager.source);
    const head = wrap(m.gitops.head(m.managers.title(change.manager), from), page.width);
    return ['', ...head.map((line) => paint.strong(line)), ...bodyOf(change, from, page)];
  });
}

function bodyOf(change: SourceChange, from: string, { m, width }: Page): readonly string[] {
  const { moved, left, places, proof, unbuilt, checkout } = change;
  const files = [...new Set(places.map(({ file, line }) => `${file}:${line}`))];
  const texts = [
    ...(moved.length === 0 ? [] : [m.gitops.moved(m.words.images(moved.length), m.words.list(files))]),
    ...(proof === undefined ? [] : [m.gitops.proof[proof]]),
    ...(unbuilt === undefined ? [] : [m.gitops.notBuilt(unbuilt)]),
    ...(checkout === undefined ? [from === '' ? m.gitops.unknown : m.gitops.noCheckout(from)] : []),
    ...(checkout !== undefined && left.length > 0
      ? [m.gitops.left(m.words.list(left.map(({ image }) => image)))]
      : []),
  ];
  return texts.flatMap((text) => wrap(text, width - 2).map((line) => `  ${line}`));
}

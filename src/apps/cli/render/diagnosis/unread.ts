import type { Page } from '../page.ts';
import { wrap } from '../wrap.ts';

/** Rights that are named; of more only the number. */
const mostRights = 6;

/** What could not be read, and so is not in the answer; nothing where all of it was. */
export function unreadRows(rights: readonly string[], page: Page): readonly string[] {
  const text = unreadText(rights, page);
  return text === '' ? [] : ['', ...wrap(text, page.width)];
}

/** The same without a form. */
export function unreadText(rights: readonly string[], { m }: Page): string {
  if (rights.length === 0) return '';
  const more = rights.length > mostRights ? [m.words.more(rights.length - mostRights)] : [];
  return m.problems.unread(m.words.list([...rights.slice(0, mostRights), ...more]));
}

import type { Lang } from '../../../core/base/index.ts';
import { domainWords } from '../../../core/i18n/index.ts';
import type { Catalog, Screens } from './catalog.ts';
import { en } from './en.ts';

export type { Catalog } from './catalog.ts';

/** A run speaks one language: the other one is read where it is wanted. */
const screens = new Map<Lang, Screens>([['en', en]]);

/** Reads the texts of a language; before `messages` of it. */
export async function loadMessages(lang: Lang): Promise<void> {
  if (!screens.has(lang)) screens.set(lang, (await import('./zh.ts')).zh);
}

/** All texts in one language that was read. Failure classes, codes and flags are the same in all. */
export function messages(lang: Lang): Catalog {
  const own = screens.get(lang);
  if (own === undefined) throw new Error(`the texts of ${lang} have not been read`);
  return { ...domainWords(lang), ...own };
}

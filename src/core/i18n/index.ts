import type { Lang } from '../base/index.ts';
import type { Catalog } from './catalog.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export type { Catalog } from './catalog.ts';
export { formatNumber } from './format.ts';
export { chooseLang, isLang } from './language.ts';

const catalogs: Readonly<Record<Lang, Catalog>> = { en, zh };

/** Every text for people, in one language. Failure classes, codes and flags are the same in all. */
export function messages(lang: Lang): Catalog {
  return catalogs[lang];
}

import type { Lang } from '../base/index.ts';
import type { DomainWords } from './catalog.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export type { DomainWords, Texts } from './catalog.ts';
export { counted, formatNumber } from './format.ts';
export { deliveredFrom } from './manager-title.ts';
export { chooseLang, isLang } from './language.ts';

const catalogs: Readonly<Record<Lang, DomainWords>> = { en, zh };

/** Counts, times and the reasons of the domain in one language. Flags and screens: apps/cli/words. */
export function domainWords(lang: Lang): DomainWords {
  return catalogs[lang];
}

import type { Lang } from '../../../core/base/index.ts';
import { domainWords } from '../../../core/i18n/index.ts';
import type { Catalog, Screens } from './catalog.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export type { Catalog } from './catalog.ts';

const screens: Readonly<Record<Lang, Screens>> = { en, zh };

/** All texts in one language. Failure classes, codes and flags are the same in all. */
export function messages(lang: Lang): Catalog {
  return { ...domainWords(lang), ...screens[lang] };
}

import type { Lang } from '../../../../core/base/index.ts';
import type { Texts } from '../../../../core/i18n/index.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export type ChangeRequestWords = Texts<typeof en>;

export function changeRequestWords(lang: Lang): ChangeRequestWords {
  return { en, zh }[lang];
}

import { languages, type Lang } from '../base/index.ts';

/** True for a language that texts exist in. */
export function isLang(text: string): text is Lang {
  return languages.some((lang) => lang === text);
}

/**
 * The language of a person: what `--lang` said, else the locale of the environment by POSIX
 * precedence (`LC_ALL`, `LC_MESSAGES`, `LANG`; the first that is set decides), else English.
 */
export function chooseLang(flag: Lang | undefined, env: Readonly<Record<string, string | undefined>>): Lang {
  if (flag !== undefined) return flag;
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return /^zh/i.test(locale) ? 'zh' : 'en';
}

import type { Lang } from '../base/index.ts';

const second = 1;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** What a span of time is called in a language. */
export type TimeUnits = {
  readonly seconds: (n: string) => string;
  readonly minutes: (n: string) => string;
  readonly hours: (n: string) => string;
  readonly days: (n: string) => string;
};

/** A number as a person of that language writes it, rounded to `digits` decimals. */
export function formatNumber(lang: Lang, n: number, digits = 0): string {
  return new Intl.NumberFormat(lang, { maximumFractionDigits: digits }).format(n);
}

/** Returns a function that puts a count before the right form of an English noun. */
export function counted(one: string, many: string): (n: number) => string {
  const rules = new Intl.PluralRules('en');
  return (n) => `${formatNumber('en', n)} ${rules.select(n) === 'one' ? one : many}`;
}

/**
 * A span of time, as short as a person needs it: tenths of a second under ten seconds, one unit
 * above two of it (`90 s`, `5 min`, `3 h`, `12 d`).
 */
export function formatDuration(lang: Lang, units: TimeUnits, seconds: number): string {
  if (seconds < 10) return units.seconds(formatNumber(lang, seconds, 1));
  if (seconds < 2 * minute) return units.seconds(formatNumber(lang, seconds));
  if (seconds < 2 * hour) return units.minutes(formatNumber(lang, seconds / minute));
  if (seconds < 2 * day) return units.hours(formatNumber(lang, seconds / hour));
  return units.days(formatNumber(lang, seconds / day));
}

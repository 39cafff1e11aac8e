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

/**
 * A number as people write it in English and Chinese, rounded to `digits` decimals: `1,234.5`. `Intl` says the same and
 * takes 12 ms of each start to load its data.
 */
export function formatNumber(n: number, digits = 0): string {
  const [whole = '', ...decimals] = String(Math.round(n * 10 ** digits) / 10 ** digits).split('.');
  return [whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ','), ...decimals].join('.');
}

/** Returns a function that puts a count before the right form of an English noun. */
export function counted(one: string, many: string): (n: number) => string {
  return (n) => `${formatNumber(n)} ${n === 1 ? one : many}`;
}

/**
 * A span of time, as short as a person needs it: tenths of a second under ten seconds, one unit
 * above two of it (`90 s`, `5 min`, `3 h`, `12 d`).
 */
export function formatDuration(units: TimeUnits, seconds: number): string {
  if (seconds < 10) return units.seconds(formatNumber(seconds, 1));
  if (seconds < 2 * minute) return units.seconds(formatNumber(seconds));
  if (seconds < 2 * hour) return units.minutes(formatNumber(seconds / minute));
  if (seconds < 2 * day) return units.hours(formatNumber(seconds / hour));
  return units.days(formatNumber(seconds / day));
}

/** Seconds of a unit by its first letters, English and Chinese. */
const units: readonly (readonly [RegExp, number])[] = [
  [/^(?:mo|个?月)/, 2_592_000],
  [/^(?:s|秒)/, 1],
  [/^(?:m|分)/, 60],
  [/^(?:h|小时|时)/, 3600],
  [/^(?:d|天|日)/, 86_400],
  [/^(?:w|周)/, 604_800],
  [/^(?:y|年)/, 31_536_000],
];

/** An age or a moment as tables of Events write it: `2m3s`, `2 minutes ago`, `2 分钟前`, `2024-03-01 10:00:00`. */
export const agePattern = String.raw`(?:(?:约|大约|about )?\d{1,5} ?(?:秒|分钟|分|小时|时|天|日|周|个月|月|年)钟?(?:以)?前|刚刚|(?:about )?(?:an?|\d{1,5}) (?:second|sec|minute|min|hour|day|week|month|year)s? ago|\d{4}[-/]\d{1,2}[-/]\d{1,2}[ T]\d{1,2}:\d\d(?::\d\d)?(?: ?GMT[+-]\d\d:\d\d)?|<unknown>|(?:\d{1,6}[smhdy]){1,3})`;

/** Seconds of an age; `undefined` for a moment and for what is none. */
export function secondsAgo(text: string): number | undefined {
  if (text === '刚刚') return 0;
  if (/\d:\d\d/.test(text)) return undefined;
  let seconds = 0;
  let isAge = false;
  for (const [, number = '', unit = ''] of text.matchAll(/(\d{1,6}|an?\b) ?([a-z]{1,7}|[一-龥]{1,3})/g)) {
    const factor = units.find(([pattern]) => pattern.test(unit))?.[1];
    if (factor === undefined) return undefined;
    seconds += (number.startsWith('a') ? 1 : Number(number)) * factor;
    isAge = true;
  }
  return isAge ? seconds : undefined;
}

/**
 * A moment as a clock on the wall of this machine shows it, with its offset, so that it can be found in a log that is
 * written elsewhere: `2026-11-30 21:08:05 +08:00`. Documents keep UTC.
 *
 * @param offset minutes east of Greenwich, by default those of this machine at that moment.
 */
export function localTime(moment: string | number, offset = -new Date(moment).getTimezoneOffset()): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return String(moment);
  const local = new Date(date.getTime() + offset * 60_000).toISOString();
  const sign = offset < 0 ? '-' : '+';
  const two = (n: number): string => String(Math.floor(Math.abs(n))).padStart(2, '0');
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${sign}${two(offset / 60)}:${two(offset % 60)}`;
}

const seconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** Seconds of a duration as Go writes it (`time.ParseDuration`): `1h30m`, `10m0s`. Undefined for anything else. */
export function durationSeconds(text: string | undefined): number | undefined {
  if (text === undefined || !/^(?:\d+(?:\.\d+)?(?:h|ms|m|s)){1,4}$/.test(text)) return undefined;
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g);
  return Math.round([...parts].reduce((sum, [, n, unit = 's']) => sum + Number(n) * (seconds[unit] ?? 0), 0));
}

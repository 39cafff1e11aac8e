import type { Result } from '../run/index.ts';

export type Report = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  readonly scenarios: readonly Result[];
};

export function summarize(results: readonly Result[], seconds: number): Report {
  const count = (result: Result['result']): number => results.filter((one) => one.result === result).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    seconds,
    scenarios: results.toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
  };
}

export function lastLine({ passed, failed, skipped }: Report): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Why a scenario failed, as lines. */
export function failuresOf({ seen, error }: Result): readonly string[] {
  const checks = seen.filter(({ ok }) => !ok).map(({ check, seen: what }) => `${check}\n  seen: ${what}`);
  return error === undefined ? checks : [...checks, error];
}

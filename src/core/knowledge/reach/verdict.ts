import type { ReachVerdict, Vantage } from '../../model/index.ts';

/** Whether places differ, from those that could be asked. */
export function verdictOf(vantages: readonly Vantage[]): ReachVerdict {
  const asked = vantages.filter(({ unprobed }) => unprobed === undefined);
  const breaks = new Set(asked.map(({ works, breaksAt }) => (works ? undefined : breaksAt)));
  if (asked.length === 0) return 'unknown';
  if (breaks.size > 1) return 'differs';
  return breaks.has(undefined) ? 'works' : 'everywhere';
}

const collator = new Intl.Collator('en', { numeric: true });

/** Numbers in names count as numbers (`web-2` before `web-10`), and the order is the same on every machine. */
export function compareText(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

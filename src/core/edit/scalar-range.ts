import { Scalar } from 'yaml';

/** Offset and length in UTF-16 units of the source text. */
export type TextRange = { readonly offset: number; readonly length: number };

/**
 * Where the value of a string stands in its source, without quotes and block headers. Undefined when the source
 * does not hold the value as it is (escapes, folded lines), so that it cannot be replaced byte for byte.
 */
export function scalarRange(source: string, scalar: Scalar): TextRange | undefined {
  const { range, type, value } = scalar;
  if (range === null || range === undefined || typeof value !== 'string' || value === '') return undefined;
  const [start, end] = range;
  const raw = source.slice(start, end);
  const inner = innerStart(raw, type);
  if (inner === undefined) return undefined;
  const body = raw.slice(inner.from, raw.length - inner.tail);
  const lead = body.length - body.trimStart().length;
  if (body.trim() !== value) return undefined;
  return { offset: start + inner.from + lead, length: value.length };
}

/** Where the value begins in the scalar's own text, and how many characters follow it. */
function innerStart(raw: string, type: Scalar['type']): { from: number; tail: number } | undefined {
  if (type === Scalar.PLAIN) return { from: 0, tail: 0 };
  if (type === Scalar.QUOTE_SINGLE || type === Scalar.QUOTE_DOUBLE) return { from: 1, tail: 1 };
  // `>-` or `|`, perhaps with a comment, then the lines of the value.
  const header = raw.indexOf('\n');
  return header < 0 ? undefined : { from: header + 1, tail: 0 };
}

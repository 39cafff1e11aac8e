import { Scalar } from 'yaml';

/** Offset and length in UTF-16 units of the source text. */
export type TextRange = { readonly offset: number; readonly length: number };

/** A scalar as it stands in the source; `range` begins with its start and its end. */
export type WrittenScalar = {
  readonly value: unknown;
  readonly type?: Scalar.Type | undefined;
  readonly range?: readonly [number, number, number] | null | undefined;
};

/** A part of a string's value, in UTF-16 units; `end` is behind it. */
export type TextPart = { readonly start: number; readonly end: number };

/**
 * Where a part of a string's value (or all of it) stands in the source, without quotes and block headers. Undefined
 * when the source does not hold it as it is (escapes, folded lines), so that it cannot be replaced byte for byte.
 */
export function scalarRange(source: string, scalar: WrittenScalar, part?: TextPart): TextRange | undefined {
  const { value } = scalar;
  if (typeof value !== 'string') return undefined;
  // A text of several lines is no name, and does not stand in the source as it is.
  if (part === undefined && value.includes('\n')) return undefined;
  const { start, end } = part ?? { start: 0, end: value.length };
  const body = bodyOf(source, scalar);
  // Written as it is, without escapes and line breaks.
  if (body !== undefined && body.end - body.start === value.length && source.startsWith(value, body.start)) {
    return start < end ? { offset: body.start + start, length: end - start } : undefined;
  }
  const offset = aligned(source, scalar, value)?.[start] ?? -1;
  if (start >= end || offset < 0 || !source.startsWith(value.slice(start, end), offset)) return undefined;
  return { offset, length: end - start };
}

const alignments = new WeakMap<WrittenScalar, Int32Array | null>();

function aligned(source: string, scalar: WrittenScalar, value: string): Int32Array | null {
  const known = alignments.get(scalar);
  if (known !== undefined) return known;
  const made = align(source, scalar, value);
  alignments.set(scalar, made);
  return made;
}

/**
 * The source offset of each character of the value; -1 for blanks. Indentation, folding and line ends only add and
 * remove blanks: all other characters stand in the source in the same order, some of them as escapes.
 */
function align(source: string, scalar: WrittenScalar, value: string): Int32Array | null {
  const body = bodyOf(source, scalar);
  if (body === undefined) return null;
  const offsets = new Int32Array(value.length).fill(-1);
  let at = 0;
  const skipBlanks = (): void => {
    while (at < value.length && isBlank(value[at])) at += 1;
  };
  for (let offset = body.start; offset < body.end;) {
    const { text, length } = readCharacter(source, offset, scalar.type);
    for (let index = 0; index < text.length; index += 1) {
      const unit = text[index];
      if (isBlank(unit)) continue;
      skipBlanks();
      if (value[at] !== unit) return null;
      offsets[at] = offset + (length === text.length ? index : 0);
      at += 1;
    }
    offset += length;
  }
  skipBlanks();
  return at === value.length ? offsets : null;
}

/** The scalar's own text without quotes, or without the header of a block (`>-` or `|`, perhaps with a comment). */
function bodyOf(source: string, { range, type }: WrittenScalar): TextPart | undefined {
  if (range === null || range === undefined) return undefined;
  const [start, end] = range;
  if (type === Scalar.PLAIN) return { start, end };
  if (type === Scalar.QUOTE_SINGLE || type === Scalar.QUOTE_DOUBLE) return { start: start + 1, end: end - 1 };
  const header = source.indexOf('\n', start);
  return header < 0 || header >= end ? undefined : { start: header + 1, end };
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t';
}

type Character = { readonly text: string; readonly length: number };

/** One character of the value as it is written: YAML 1.2, sections 5.7 (escapes) and 7.3.2 (`''`). */
function readCharacter(source: string, offset: number, type: WrittenScalar['type']): Character {
  const character = source[offset] ?? '';
  if (type === Scalar.QUOTE_SINGLE && character === "'") return { text: "'", length: 2 };
  if (type !== Scalar.QUOTE_DOUBLE || character !== '\\') return { text: character, length: 1 };
  const kind = source[offset + 1] ?? '';
  const digits = hexDigits[kind];
  if (digits === undefined) return { text: escapes[kind] ?? kind, length: 2 };
  const code = Number.parseInt(source.slice(offset + 2, offset + 2 + digits), 16);
  return { text: code <= 0x10_ff_ff ? String.fromCodePoint(code) : '', length: 2 + digits };
}

const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

const escapes: Readonly<Record<string, string>> = {
  0: '\0',
  a: '\u0007',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\u001B',
  N: '\u0085',
  _: '\u00A0',
  L: '\u2028',
  P: '\u2029',
};

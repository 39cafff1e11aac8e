import { padTo, textWidth, wrap } from './wrap.ts';
import type { Page } from './page.ts';

/** Columns before the text of a labelled row: three blanks, the label, the rest. */
export const rowIndent = 9;
const labelIndent = '   ';

/** Puts a label in front of lines that are indented for one. */
export function labelled(label: string, lines: readonly string[]): readonly string[] {
  const [first, ...rest] = lines;
  if (first === undefined) return [];
  const head = labelIndent + padTo(label, rowIndent - labelIndent.length);
  return [head + first.slice(rowIndent), ...rest];
}

/** `   why   text`, wrapped under itself. */
export function row(label: string, text: string, page: Page): readonly string[] {
  return labelled(label, indented(wrap(text, page.width - rowIndent)));
}

/** Lines under a label, without one of their own. */
export function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => ' '.repeat(rowIndent) + line);
}

/** Two texts at both ends of a line; the second on a line of its own when they do not fit. */
export function bothEnds(
  left: string,
  right: string,
  width: number,
  paintLeft: (text: string) => string = (text) => text,
): readonly string[] {
  const room = width - textWidth(right) - 2;
  if (textWidth(left) <= room) return [`${paintLeft(left)}${' '.repeat(room - textWidth(left) + 2)}${right}`];
  return [...wrap(left, width).map(paintLeft), ' '.repeat(Math.max(0, width - textWidth(right))) + right];
}

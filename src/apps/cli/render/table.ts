import { padTo, textWidth, wrap } from './wrap.ts';

const gap = 2;

export type TableLayout = {
  readonly indent: number;
  readonly width: number;
  /** A column is never padded wider than this; a longer cell pushes the rest to the next line. */
  readonly widest?: number;
};

/** Rows in columns as wide as their content; the last column wraps under itself. */
export function table(
  rows: readonly (readonly string[])[],
  { indent, width, widest = 44 }: TableLayout,
): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...rows.map((row) => Math.min(widest, textWidth(row[column] ?? '')))),
  );
  return rows.flatMap((row) => tableRow(row, widths, indent, width));
}

function tableRow(
  row: readonly string[],
  widths: readonly number[],
  indent: number,
  width: number,
): readonly string[] {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  let column = indent;
  for (const [index, cell] of row.entries()) {
    if (textWidth(line) > column) {
      lines.push(line.trimEnd());
      line = ' '.repeat(column);
    }
    const last = index === row.length - 1;
    if (last && textWidth(cell) > width - column) {
      const [first = '', ...rest] = wrap(cell, width - column);
      lines.push((line + first).trimEnd(), ...rest.map((text) => ' '.repeat(column) + text));
      return lines;
    }
    const cellWidth = widths[index] ?? 0;
    line += last ? cell : padTo(cell, cellWidth) + ' '.repeat(gap);
    column += cellWidth + gap;
  }
  return [...lines, line.trimEnd()];
}

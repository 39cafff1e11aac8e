import stringWidth from 'fast-string-width';

/** Columns that a text takes on a terminal; a Chinese character takes two, colours take none. */
export function textWidth(text: string): number {
  return stringWidth(text);
}

/** Pads with blanks to a number of columns; a longer text stays whole. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)));
}

/** Cuts a text to a number of columns, with `…` for what is gone; for lines that are drawn over. */
export function cutTo(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let kept = '';
  for (const character of text) {
    if (textWidth(kept + character) > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Parts in one line, `a · b · c`; one that does not fit begins the next line whole. */
export function joinParts(parts: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const joined = last === undefined ? part : `${last} · ${part}`;
    if (last !== undefined && textWidth(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(...wrap(part, width));
  }
  return lines;
}

type Atom = { readonly text: string; readonly width: number; readonly gap: string };

const cjk = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef`;
const atomPattern = new RegExp(`([ \\t]*)([${cjk}]|[^\\s${cjk}]+)`, 'gu');
/** A line does not begin with one of these. */
const closing = /^[,.;:!?)\]}、。，；：！？）》」…]/u;
/** A line does not end with one of these. */
const opening = /[（《「“]$/u;

/**
 * Breaks plain text into lines of at most `width` columns: at blanks, between Chinese characters,
 * and inside a word that is longer than a line only after `/ : @ , = & -`, so that a long image name
 * stays readable. Line breaks in the text stay.
 */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(width, 10)));
}

function wrapLine(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  const indent = /^ */.exec(line)?.[0] ?? '';
  let current = indent;
  let used = 0;
  for (const atom of atomsOf(line.slice(indent.length))) {
    if (used > 0 && textWidth(current + atom.gap) + atom.width > width) {
      lines.push(current);
      current = '';
      used = 0;
    }
    const pieces = atom.width > width ? splitLong(atom.text, width) : [atom.text];
    current += (used > 0 ? atom.gap : '') + (pieces[0] ?? '');
    for (const piece of pieces.slice(1)) {
      lines.push(current);
      current = piece;
    }
    used += 1;
  }
  return [...lines, current];
}

function atomsOf(line: string): readonly Atom[] {
  const atoms: Atom[] = [];
  for (const [, blanks = '', text = ''] of line.matchAll(atomPattern)) {
    const last = atoms.at(-1);
    const isTied = closing.test(text) || (last !== undefined && opening.test(last.text));
    if (last !== undefined && blanks === '' && isTied) {
      const joined = last.text + text;
      atoms[atoms.length - 1] = { ...last, text: joined, width: textWidth(joined) };
    } else {
      atoms.push({ text, width: textWidth(text), gap: blanks });
    }
  }
  return atoms;
}

function splitLong(text: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const part of text.split(/(?<=[/:@,=&-])/u)) {
    if (textWidth(piece + part) <= width) {
      piece += part;
      continue;
    }
    if (piece !== '') pieces.push(piece);
    piece = '';
    for (const character of part) {
      if (textWidth(piece + character) > width) {
        pieces.push(piece);
        piece = '';
      }
      piece += character;
    }
  }
  return [...pieces, piece];
}

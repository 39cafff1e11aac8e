/** Where a reader stands in the text of one document. */
export type Cursor = {
  readonly text: string;
  readonly end: number;
  /** After `nextLine` the first character of a line that says something. */
  at: number;
  /** Blanks before that character; -1 behind the last line. */
  indent: number;
  /** Maps and lists around it that are written as `{…}` or `[…]`. */
  flowDepth: number;
};

/** Thrown for what is not plain: the full parser then reads the document, or says what is wrong with it. */
export class NotPlain extends Error {}

/** Objects are not nested deeper than this anywhere; a text that is may be made to exhaust the stack. */
export const maxDepth = 200;

export function notPlain(): never {
  throw new NotPlain('not plain');
}

export const codes = {
  tab: 9,
  newline: 10,
  return: 13,
  space: 32,
  quote: 34,
  hash: 35,
  apostrophe: 39,
  comma: 44,
  dash: 45,
  colon: 58,
  openList: 91,
  backslash: 92,
  closeList: 93,
  openMap: 123,
  closeMap: 125,
} as const;

/** Goes from anywhere in a line, or from the start of one, to the next that says something. */
export function nextLine(cursor: Cursor): void {
  const { text, end } = cursor;
  let { at } = cursor;
  for (;;) {
    const start = at;
    while (at < end && text.charCodeAt(at) === codes.space) at += 1;
    const code = at < end ? text.charCodeAt(at) : -1;
    if (code === -1) {
      cursor.at = end;
      cursor.indent = -1;
      return;
    }
    if (code === codes.tab) notPlain();
    if (code !== codes.newline && code !== codes.return && code !== codes.hash) {
      cursor.at = at;
      cursor.indent = at - start;
      return;
    }
    at = lineEnd(text, at, end) + 1;
  }
}

/** The line break that ends the line, or the end of the document. */
export function lineEnd(text: string, at: number, end: number): number {
  const found = text.indexOf('\n', at);
  return found < 0 || found > end ? end : found;
}

/** Does a line end between two places. Looks no further: a document may be one line of megabytes. */
export function hasBreak(text: string, start: number, end: number): boolean {
  return text.slice(start, end).includes('\n');
}

/** Behind a value nothing but blanks and a comment may stand; goes to the next line. */
export function endOfLine(cursor: Cursor): void {
  const { text, end } = cursor;
  let { at } = cursor;
  while (at < end && text.charCodeAt(at) === codes.space) at += 1;
  const code = at < end ? text.charCodeAt(at) : codes.newline;
  const isComment = code === codes.hash && text.charCodeAt(at - 1) === codes.space;
  if (code !== codes.newline && code !== codes.return && !isComment) notPlain();
  cursor.at = Math.min(lineEnd(text, at, end) + 1, end);
  nextLine(cursor);
}

/** Is the character a blank, a line break or the end. */
export function isGap(text: string, at: number, end: number): boolean {
  if (at >= end) return true;
  const code = text.charCodeAt(at);
  return code === codes.space || code === codes.newline || code === codes.return;
}

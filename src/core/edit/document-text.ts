/** Where a document stands in a text of several. */
export type DocumentText = {
  /** Offset of its `---`, or of the text. */
  readonly start: number;
  readonly end: number;
  /** The first line behind the `---`; undefined when its line holds more than that, or directives go before it. */
  readonly bodyStart: number | undefined;
};

const byteOrderMark = '\uFEFF';

/** The documents of a text: a line that begins with `---` can be nothing but their border (YAML 1.2, section 9.1). */
export function documentsIn(text: string): readonly DocumentText[] {
  const first = text.startsWith(byteOrderMark) ? 1 : 0;
  // `...` and directives: rare enough to be left to the full parser as a whole.
  if (text.startsWith('%', first) || /^\.\.\.(?:\s|$)/m.test(text)) {
    return [{ start: 0, end: text.length, bodyStart: undefined }];
  }
  const starts = [0];
  for (let at = text.indexOf('\n---'); at >= 0; at = text.indexOf('\n---', at + 1)) {
    if (/^(?:\s|$)/.test(text.slice(at + 4, at + 5))) starts.push(at + 1);
  }
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? text.length;
    return { start, end, bodyStart: bodyStart(text, start === 0 ? first : start, end) };
  });
}

const marker = /---[ ]*(?: #[^\n]*)?(?:\r?\n|$)/y;

function bodyStart(text: string, start: number, end: number): number | undefined {
  if (!/^---(?:\s|$)/.test(text.slice(start, start + 4))) return start;
  marker.lastIndex = start;
  return marker.test(text) ? Math.min(marker.lastIndex, end) : undefined;
}

/** A line longer than this is handed on in pieces: no real one is, and memory stays bounded. */
const maxLine = 32 * 1024 * 1024;

/** The lines of a text that comes in pieces, as many at a time as are whole; `\n` and `\r\n` end a line. */
export async function* lineBatches(chunks: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  // A long line is joined once, not at each piece.
  let open: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const [first = '', ...rest] = chunk.split('\n');
    open.push(first);
    length += first.length;
    if (rest.length === 0 && length <= maxLine) continue;
    const last = rest.pop() ?? '';
    yield [open.join(''), ...rest].map(withoutReturn);
    open = last === '' ? [] : [last];
    length = last.length;
  }
  if (length > 0) yield [withoutReturn(open.join(''))];
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

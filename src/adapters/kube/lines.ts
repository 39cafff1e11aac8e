/** Twice the largest object that etcd keeps (1.5 MiB), written as JSON with everything escaped. */
const maxLineBytes = 16 * 1024 * 1024;

/**
 * The whole lines of a stream of bytes, one JSON document each in a watch. What follows the last line break is cut
 * short, and no line. Errors: those of the stream; a line that never ends.
 */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let pending: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      const line = Buffer.concat([...pending, chunk.subarray(start, end)]).toString('utf8');
      pending = [];
      size = 0;
      start = end + 1;
      if (line.trim() !== '') yield line;
    }
    if (start === chunk.length) continue;
    pending.push(chunk.subarray(start));
    size += chunk.length - start;
    if (size > maxLineBytes) throw new Error(`a line is larger than ${maxLineBytes / 1024 / 1024} MiB`);
  }
}

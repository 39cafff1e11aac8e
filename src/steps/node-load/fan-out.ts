/** As far as one reader may be behind the fastest one, in bytes. */
const mostAhead = 16 * 1024 * 1024;

/** One reader's place: chunks that it has still to take, and who waits for it. */
type Reader = { readonly chunks: Uint8Array[]; bytes: number; isOver: boolean };

/** A reader's part of the source. */
export type Share = {
  readonly stream: AsyncIterable<Uint8Array>;
  /** It takes no more: also called when it has never begun, or the others would wait for it. */
  readonly stop: () => void;
};

/**
 * Reads a source once for several readers. Each takes at its own pace until one is `bound` bytes behind; memory stays
 * bounded for all of them. A reader that ends early stops nobody. An error of the source is an error of every reader.
 */
export function fanOut(
  source: AsyncIterable<Uint8Array>,
  count: number,
  bound = mostAhead,
): readonly Share[] {
  const readers = Array.from({ length: count }, (): Reader => ({ chunks: [], bytes: 0, isOver: false }));
  let end: { readonly error?: unknown } | undefined;
  let bell = Promise.withResolvers<void>();
  const ring = (): void => {
    bell.resolve();
    bell = Promise.withResolvers<void>();
  };
  let pumping: Promise<void> | undefined;
  const pump = async (): Promise<void> => {
    try {
      for await (const chunk of source) {
        for (const reader of readers) {
          if (reader.isOver) continue;
          reader.chunks.push(chunk);
          reader.bytes += chunk.byteLength;
        }
        ring();
        while (readers.some(({ isOver, bytes }) => !isOver && bytes >= bound)) await bell.promise;
        if (readers.every(({ isOver }) => isOver)) break;
      }
      end = {};
    } catch (error) {
      end = { error };
    }
    ring();
  };
  const stop = (reader: Reader): void => {
    reader.isOver = true;
    reader.chunks.length = 0;
    ring();
  };
  async function* read(reader: Reader): AsyncGenerator<Uint8Array> {
    pumping ??= pump();
    for (;;) {
      const chunk = reader.chunks.shift();
      if (chunk !== undefined) {
        reader.bytes -= chunk.byteLength;
        ring();
        yield chunk;
      } else if (end === undefined) await bell.promise;
      else if ('error' in end) throw end.error;
      else return;
    }
  }
  return readers.map((reader) => ({ stream: read(reader), stop: () => stop(reader) }));
}

import { block, fileHeader, padding } from './tar/header.ts';

/** A file of an archive, with its size in bytes known before its content. */
export type ArchiveFile = {
  readonly name: string;
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
};

/**
 * A tar that is made while it is read, of a length that is known before. Throws an Error from its stream when a content
 * has another size than was said.
 */
export function archiveStream(files: readonly ArchiveFile[]): {
  readonly length: number;
  readonly stream: AsyncIterable<Uint8Array>;
} {
  const lengths = files.map(({ size }) => block + size + padding(size));
  return { length: lengths.reduce((sum, one) => sum + one, 2 * block), stream: bytesOf(files) };
}

async function* bytesOf(files: readonly ArchiveFile[]): AsyncGenerator<Uint8Array> {
  for (const { name, size, content } of files) {
    yield fileHeader(name, size);
    let seen = 0;
    for await (const chunk of content) {
      seen += chunk.byteLength;
      yield chunk;
    }
    if (seen !== size) throw new Error(`${name} has ${seen} bytes, not ${size}`);
    yield Buffer.alloc(padding(size));
  }
  yield Buffer.alloc(2 * block);
}

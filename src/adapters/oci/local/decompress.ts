import { Readable, type Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';

/** Layers are at most some ten times smaller when compressed; what grows far more was made to fill the disk. */
const maxGrowth = 200;
/** Below it growth is no danger: small files of zeros are common. */
const freeBytes = 64 * 1024 * 1024;

export type Compression = 'gzip' | 'zstd';

/** What the first bytes say; `undefined` for what is not compressed. */
export function compressionOf(head: Uint8Array): Compression | undefined {
  const magic = Buffer.from(head.subarray(0, 4)).toString('hex');
  if (magic.startsWith('1f8b')) return 'gzip';
  return magic === '28b52ffd' ? 'zstd' : undefined;
}

/** The bytes unpacked, or as they are. Throws an Error for damaged content, and for what grows without measure. */
export async function* decompressed(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  const first = await source.next();
  const compression = first.done === true ? undefined : compressionOf(first.value);
  let taken = 0;
  async function* all() {
    for (let next = first; next.done !== true; next = await source.next()) {
      taken += next.value.byteLength;
      yield next.value;
    }
  }
  if (compression === undefined) {
    yield* all();
    return;
  }
  const unpack: Transform = compression === 'gzip' ? createGunzip() : createZstdDecompress();
  const input = Readable.from(all(), { objectMode: false });
  input.on('error', (error) => unpack.destroy(error));
  let given = 0;
  try {
    for await (const chunk of input.pipe(unpack) as AsyncIterable<Uint8Array>) {
      given += chunk.byteLength;
      if (given > freeBytes && given > taken * maxGrowth) {
        throw new Error(`it grows more than ${maxGrowth} times when unpacked`);
      }
      yield chunk;
    }
  } finally {
    input.destroy();
    unpack.destroy();
  }
}

import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';

/** Content of one frame: what is in memory at a time, and the step in which a blob can be read from its middle. */
export const chunkBytes = 1024 * 1024;
/** A stored chunk with its headers is the longest frame. */
export const maxFrameBytes = chunkBytes + 1024;

/** RFC 8878 §3.1.1 and §3.1.2. */
const frameMagic = 0xfd2fb528;
const skippableMagic = 0x184d2a50;
/** The longest block (RFC 8878 §3.1.1.2.4). */
const blockBytes = 128 * 1024;

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);
const fast = { params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 } };

/** A zstd frame of its own for a chunk: compressed where that is wanted and helps, else stored as it is. */
export async function encodeFrame(chunk: Uint8Array, shrink: boolean): Promise<Uint8Array> {
  if (!shrink) return storedFrame(chunk);
  const packed = await compress(chunk, fast);
  return packed.byteLength < chunk.byteLength ? packed : storedFrame(chunk);
}

/** A frame of raw blocks: no work at all for layers, which are compressed already. */
function storedFrame(chunk: Uint8Array): Uint8Array {
  const head = Buffer.alloc(9);
  head.writeUInt32LE(frameMagic, 0);
  // Single segment, content size in four bytes, no checksum: blobs have their digests.
  head[4] = 0xa0;
  head.writeUInt32LE(chunk.byteLength, 5);
  const parts: Uint8Array[] = [head];
  for (let at = 0; at === 0 || at < chunk.byteLength; at += blockBytes) {
    const block = chunk.subarray(at, at + blockBytes);
    const isLast = at + blockBytes >= chunk.byteLength;
    const blockHead = Buffer.alloc(3);
    blockHead.writeUIntLE((block.byteLength << 3) | (isLast ? 1 : 0), 0, 3);
    parts.push(blockHead, block);
  }
  return Buffer.concat(parts);
}

/** The chunk of a frame. Throws an Error for damage, and for more than a chunk. */
export async function decodeFrame(frame: Uint8Array): Promise<Uint8Array> {
  return await decompress(frame, { maxOutputLength: chunkBytes });
}

/** A frame that readers of zstd skip; each volume begins with one, so that a mix-up is seen. */
export function volumeLabel(id: string, volume: number): Uint8Array {
  const text = Buffer.from(`pullmend bundle ${id} volume ${volume}\n`);
  const head = Buffer.alloc(8);
  head.writeUInt32LE(skippableMagic, 0);
  head.writeUInt32LE(text.byteLength, 4);
  return Buffer.concat([head, text]);
}

/** The words of a label; `undefined` for anything else. */
export function readLabel(head: Uint8Array): { readonly id: string; readonly volume: number } | undefined {
  const text = Buffer.from(head.subarray(8)).toString('latin1');
  const [, id, volume] = /^pullmend bundle ([\w-]+) volume (\d+)\n/.exec(text) ?? [];
  return id === undefined ? undefined : { id, volume: Number(volume) };
}

/** Unit of tar: headers are one, contents are padded to it (POSIX pax, "ustar Interchange Format"). */
export const block = 512;

export type TarHeader = {
  readonly name: string;
  readonly size: number;
  /** `0` file, `1` and `2` links, `5` folder, `x`, `g` pax, `L` and `K` long names of GNU. */
  readonly type: string;
  readonly link: string;
};

/** Bytes after a content of that size up to the next block. */
export function padding(size: number): number {
  return (block - (size % block)) % block;
}

/** A header for a file; `undefined` at the end of the archive. Throws an Error that says what is wrong. */
export function readHeader(bytes: Uint8Array): TarHeader | undefined {
  if (bytes.every((byte) => byte === 0)) return undefined;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (checksum(buffer) !== readNumber(buffer.subarray(148, 156))) throw new Error('a header is damaged');
  const prefix = buffer.toString('latin1', 257, 262) === 'ustar' ? text(buffer, 345, 155) : '';
  // GNU tar uses the place of the prefix for other things.
  const isGnu = buffer.toString('latin1', 257, 265) === 'ustar  \0';
  const name = text(buffer, 0, 100);
  return {
    name: prefix === '' || isGnu ? name : `${prefix}/${name}`,
    size: readNumber(buffer.subarray(124, 136)),
    type: buffer[156] === 0 ? '0' : String.fromCharCode(buffer[156] ?? 0),
    link: text(buffer, 157, 100),
  };
}

/** A header for a file that everybody may read, of one fixed date, so that the same content gives the same bytes. */
export function fileHeader(name: string, size: number): Uint8Array {
  if (Buffer.byteLength(name) > 100) throw new Error(`name too long for tar: ${name}`);
  const header = Buffer.alloc(block);
  header.write(name, 0, 'utf8');
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  writeSize(header, size);
  header.write('00000000000\0', 136);
  header.write('0', 156);
  header.write('ustar\x0000', 257, 'latin1');
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** Twelve octal digits hold 8 GiB; larger ones are binary, as GNU tar, Go and libarchive write and read them. */
function writeSize(header: Buffer, size: number): void {
  if (size < 8 ** 11) {
    header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
    return;
  }
  header[124] = 0x80;
  header.writeBigUInt64BE(BigInt(size), 128);
}

function readNumber(field: Buffer): number {
  if (((field[0] ?? 0) & 0x80) !== 0) {
    const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
    if ((field[0] ?? 0) !== 0x80 || !Number.isSafeInteger(value)) throw new Error('a size is out of range');
    return value;
  }
  const digits = field
    .toString('latin1')
    .replace(/[\0 ]+$/, '')
    .trim();
  if (digits === '') return 0;
  if (!/^[0-7]+$/.test(digits)) throw new Error('a number is damaged');
  return Number.parseInt(digits, 8);
}

function checksum(header: Buffer): number {
  let sum = 0;
  for (const [at, byte] of header.entries()) sum += at >= 148 && at < 156 ? 0x20 : byte;
  return sum;
}

function text(buffer: Buffer, at: number, length: number): string {
  const end = buffer.indexOf(0, at);
  return buffer.toString('utf8', at, end === -1 ? at + length : Math.min(end, at + length));
}

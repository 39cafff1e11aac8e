import type { FileHandle } from 'node:fs/promises';
import { readAt } from '../disk.ts';
import { block, padding, readHeader, type TarHeader } from './header.ts';

/** Archives of hundreds of images have some thousands; the bound keeps a made one from filling the memory. */
const maxEntries = 100_000;
/** A path of 4096 bytes (PATH_MAX) with what pax writes around it, and room for other records. */
const maxExtensionBytes = 64 * 1024;

/** Where a file of an archive lies, or what a link leads to. */
export type TarEntry =
  | { readonly type: 'file'; readonly offset: number; readonly size: number }
  | { readonly type: 'link'; readonly to: string };

/**
 * The files of a tar by name. Nothing is unpacked, so no name can lead anywhere; such names, doubled names and sizes
 * beyond the end are signs of an archive that was made to deceive, and refused. Throws an Error that says why.
 */
export async function readTarIndex(file: FileHandle): Promise<ReadonlyMap<string, TarEntry>> {
  const { size: end } = await file.stat();
  const entries = new Map<string, TarEntry>();
  let extended: Extended = {};
  for (let at = 0, headers = 0; at + block <= end; headers++) {
    if (headers > 3 * maxEntries) throw new Error(`more than ${maxEntries} files`);
    const raw = readHeader(await readAt(file, at, block));
    if (raw === undefined) return entries;
    at += block;
    const header = { ...raw, ...extended };
    if (at + header.size > end) throw new Error(`${safe(header.name)} is cut short`);
    if ('xgLK'.includes(header.type)) {
      if (header.size > maxExtensionBytes) throw new Error('a header extension is too long');
      const record = await readAt(file, at, header.size);
      if (header.type !== 'g') extended = { ...extended, ...readExtension(header.type, record) };
    } else {
      extended = {};
      addEntry(entries, header, at);
    }
    const holdsBytes = !'123456'.includes(header.type);
    if (holdsBytes) at += header.size + padding(header.size);
  }
  if (entries.size === 0) throw new Error('it is no tar archive');
  throw new Error('it ends in the middle');
}

type Extended = { readonly name?: string; readonly link?: string; readonly size?: number };

function readExtension(type: string, record: Buffer): Extended {
  const whole = record.toString('utf8');
  if (type === 'L') return { name: whole.replace(/\0.*$/s, '') };
  if (type === 'K') return { link: whole.replace(/\0.*$/s, '') };
  const fields: { name?: string; link?: string; size?: number } = {};
  // Records `LENGTH KEY=VALUE\n`; LENGTH counts bytes.
  for (let at = 0; at < record.length;) {
    const [, length = '', key = ''] = /^(\d+) ([^=]+)=/.exec(record.toString('utf8', at, at + 200)) ?? [];
    const next = at + Number(length);
    if (length === '' || next <= at || next > record.length) throw new Error('a header extension is damaged');
    const value = record.toString('utf8', at + length.length + 1 + Buffer.byteLength(key) + 1, next - 1);
    if (key === 'path') fields.name = value;
    if (key === 'linkpath') fields.link = value;
    if (key === 'size') fields.size = sizeOf(value);
    at = next;
  }
  return fields;
}

function sizeOf(text: string): number {
  const size = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(size)) throw new Error('a size is out of range');
  return size;
}

function addEntry(
  entries: Map<string, TarEntry>,
  { name, size, type, link }: TarHeader,
  offset: number,
): void {
  if (type === '5') return;
  const path = name.replace(/^\.\//, '');
  const isUnsafe =
    path === '' || path.startsWith('/') || path.includes('\0') || path.split(/[/\\]/).includes('..');
  if (isUnsafe) throw new Error(`the name "${safe(name)}" leads out of it`);
  if (entries.has(path)) throw new Error(`it holds ${safe(path)} twice`);
  if (entries.size >= maxEntries) throw new Error(`more than ${maxEntries} files`);
  if (type === '0' || type === '7') entries.set(path, { type: 'file', offset, size });
  else if (type === '1' || type === '2') entries.set(path, { type: 'link', to: link });
  else throw new Error(`${safe(path)} is neither a file nor a folder`);
}

/** A name out of an archive for a person. */
function safe(name: string): string {
  return name.replaceAll(/\p{Cc}/gu, '?').slice(0, 100);
}

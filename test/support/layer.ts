import { createCipheriv, createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { packTar } from 'modern-tar';
import { digestOf } from '../../src/core/image/index.ts';

/** A file, link or folder of an image's root file system. Parent folders need not be given. */
export type ImageFile =
  | { readonly path: string; readonly data: string | Uint8Array; readonly mode?: number }
  | { readonly path: string; readonly link: string }
  | { readonly path: string; readonly folder: true; readonly mode?: number };

/** A gzipped tar with the digest of the blob and of the tar inside it. */
export type Layer = {
  readonly digest: string;
  readonly diffId: string;
  readonly bytes: Uint8Array;
};

const compress = promisify(gzip);

/** One date for every entry, so that the same files always give the same bytes. */
const ENTRY_TIME = new Date('2024-01-01T00:00:00Z');

export async function makeLayer(files: readonly ImageFile[]): Promise<Layer> {
  const entries = [...parents(files).map((path) => entry({ path, folder: true })), ...files.map(entry)];
  const tar = await packTar(entries);
  const bytes = await compress(tar, { level: 6 });
  return { digest: digestOf(bytes), diffId: digestOf(tar), bytes };
}

/** Bytes that look random, do not compress, and are always the same for one seed. */
export function seededBytes(seed: string, size: number): Uint8Array {
  const key = createHash('sha256').update(seed).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(size));
}

function entry(file: ImageFile): Parameters<typeof packTar>[0][number] {
  const common = { mtime: ENTRY_TIME, uid: 0, gid: 0, uname: 'root', gname: 'root' };
  if ('folder' in file) {
    return {
      header: { ...common, name: `${file.path}/`, type: 'directory', size: 0, mode: file.mode ?? 0o755 },
    };
  }
  if ('link' in file) {
    return {
      header: { ...common, name: file.path, type: 'symlink', linkname: file.link, size: 0, mode: 0o777 },
    };
  }
  const body = Buffer.from(file.data);
  return {
    header: { ...common, name: file.path, type: 'file', size: body.byteLength, mode: file.mode ?? 0o644 },
    body,
  };
}

/** Folders that the files need and nobody named, outer ones first. */
function parents(files: readonly ImageFile[]): readonly string[] {
  const wanted = new Set<string>();
  for (const { path } of files) {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) wanted.add(parts.slice(0, depth).join('/'));
  }
  for (const file of files) if ('folder' in file) wanted.delete(file.path);
  return [...wanted].sort();
}

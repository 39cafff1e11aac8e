import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PullmendError } from '../../../core/base/index.ts';
import { digesterFor, parseDigest } from '../../../core/image/index.ts';
import { outcomeError } from '../../../core/knowledge/mirrors/index.ts';
import { openRegular } from '../../files/index.ts';
import type { BlobRef } from '../remote/blob.ts';
import { readAt, reading } from './disk.ts';

/** Bytes read at one time. */
const step = 256 * 1024;

/** The files of an OCI image layout, wherever they lie: a folder, a tar, or made up from another form. */
export type Content = {
  /** Of errors. */
  readonly place: string;
  /** Bytes of a file; `undefined` when it is not there. */
  readonly size: (path: string) => Promise<number | undefined>;
  readonly read: (path: string, from: number) => AsyncIterable<Uint8Array>;
};

/** Path of a blob in a layout (OCI image-spec, image-layout.md). */
export function blobPath(digest: string): string {
  const parsed = parseDigest(digest);
  if (parsed === undefined) throw new PullmendError('PM_INTERNAL', { message: `no digest: ${digest}` });
  return `blobs/${parsed.algorithm}/${parsed.hex}`;
}

export function folderContent(folder: string, place: string): Content {
  return {
    place,
    size: async (path) => {
      const found = await stat(join(folder, path)).catch(() => undefined);
      return found?.isFile() === true ? found.size : undefined;
    },
    read: (path, from) => readFileFrom(join(folder, path), from),
  };
}

/** A file from a byte on, to a byte or to its end. Throws PM_FILE_UNREADABLE. */
export async function* readFileFrom(path: string, from = 0, end = Infinity): AsyncGenerator<Uint8Array> {
  const file = await reading(path, async () => await openRegular(path));
  try {
    for (let at = from; at < end;) {
      const chunk = await reading(path, async () => await readAt(file, at, Math.min(step, end - at)));
      if (chunk.byteLength === 0) return;
      at += chunk.byteLength;
      yield chunk;
    }
  } finally {
    await file.close();
  }
}

/** A small file as a whole. Throws PM_IMAGES_BROKEN when it is larger than `most`. */
export async function readDocument(content: Content, path: string, most: number): Promise<Buffer> {
  const size = await content.size(path);
  const fail = (reason: string) => new PullmendError('PM_IMAGES_BROKEN', { place: content.place, reason });
  if (size === undefined) throw fail(`it has no ${path}`);
  if (size > most) throw fail(`${path} has ${size} bytes, more than ${most}`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of content.read(path, 0)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Streams a blob and checks its size, and its digest when it is read from the start. */
export async function* readChecked(
  content: Content,
  blob: BlobRef,
  from: number,
): AsyncGenerator<Uint8Array> {
  const path = blobPath(blob.digest);
  const size = await content.size(path);
  const fail = (outcome: 'absent' | 'digest-mismatch', why: string) =>
    outcomeError(outcome, { who: content.place, detail: `${path} → ${why}` });
  if (size === undefined) throw fail('absent', 'no such blob');
  if (size !== blob.size) throw fail('digest-mismatch', `${size} bytes, not ${blob.size}`);
  const digester = from === 0 ? digesterFor(blob.digest) : undefined;
  let at = from;
  for await (const chunk of content.read(path, from)) {
    at += chunk.byteLength;
    digester?.update(chunk);
    yield chunk;
  }
  if (at !== blob.size) throw fail('digest-mismatch', `cut short after ${at} of ${blob.size} bytes`);
  const digest = digester?.digest() ?? blob.digest;
  if (digest !== blob.digest) throw fail('digest-mismatch', `its digest is ${digest}`);
}

import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { isDigest } from '../../../core/image/index.ts';
import type { BlobRef } from '../remote/blob.ts';
import { blobPath } from '../local/content.ts';
import { writing, type Disk, type Journal } from '../local/disk.ts';
import { makeFolder, takeLock } from '../../files/index.ts';
import { block, fileHeader, padding } from '../local/tar/header.ts';
import type { BundledBlob, BundledImage } from './format.ts';
import { chunkBytes, encodeFrame } from './frame.ts';
import { removeVolumes, volumeFile, VolumeWriter, type Place, type Volume } from './volumes.ts';

const place = z.object({ volume: z.number().int(), offset: z.number().int() });
const digest = z.string().refine(isDigest);

/** What the journal of an unfinished bundle says. */
const entrySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('begin'), id: z.string(), volumeSize: z.number(), key: z.string() }),
  z.object({
    type: z.literal('blob'),
    blob: z.object({
      digest,
      size: z.number(),
      volume: z.number(),
      offset: z.number(),
      frames: z.array(z.number()),
      in: z.string(),
    }),
    end: place,
  }),
  z.object({
    type: z.literal('image'),
    image: z.object({ name: z.string(), digest, mediaType: z.string(), size: z.number() }),
  }),
  z.object({
    type: z.literal('volume'),
    number: z.number(),
    volume: z.object({ file: z.string(), size: z.number(), sha256: z.string() }),
  }),
]);
type Entry = z.infer<typeof entrySchema>;

export type BundleWriterOptions = {
  /** Path and name without ending. */
  readonly base: string;
  /** Bytes. */
  readonly volumeSize: number;
  /** What else decides the content; another one begins anew. */
  readonly key: string;
};

/** Folder of what is not finished: the journal, and blobs on their way. */
export function partialFolder(base: string): string {
  return `${base}.partial`;
}

/** Writes blobs one after another into the volumes, as files of one tar; what is journalled is never written again. */
export class BundleWriter {
  readonly id: string;
  readonly blobs = new Map<string, BundledBlob>();
  readonly images = new Map<string, BundledImage>();
  readonly volumes: Volume[] = [];
  readonly #base: string;
  readonly #journal: Journal<Entry>;
  readonly #out: VolumeWriter;
  readonly #unlock: () => Promise<void>;
  #turn: Promise<unknown> = Promise.resolve();
  /** Bytes that the last file still needs before the next header. */
  #padding = 0;
  #end: Place | undefined;

  private constructor(
    { base, volumeSize, key }: BundleWriterOptions,
    journal: Journal<Entry>,
    unlock: () => Promise<void>,
  ) {
    const begin = journal.entries.find((it) => it.type === 'begin');
    this.id = begin?.id ?? randomUUID();
    if (begin === undefined) journal.add({ type: 'begin', id: this.id, volumeSize, key });
    this.#base = base;
    this.#journal = journal;
    this.#unlock = unlock;
    this.#out = new VolumeWriter(base, this.id, volumeSize, (volume, number) => {
      this.volumes[number - 1] = volume;
      journal.add({ type: 'volume', number, volume });
    });
  }

  /** Begins a bundle or goes on with an unfinished one. Throws PM_FILE_UNWRITABLE, PM_PLACE_IN_USE. */
  static async open(options: BundleWriterOptions, disk: Disk): Promise<BundleWriter> {
    const folder = partialFolder(options.base);
    await writing(folder, async () => await makeFolder(folder));
    const unlock = await writing(folder, async () => await takeLock(join(folder, '.lock'), 0));
    try {
      const path = join(folder, 'journal.jsonl');
      let journal = disk.openJournal(path, (json) => entrySchema.safeParse(json).data);
      if (!(await canContinue(journal.entries, options))) {
        journal.close();
        await writing(path, async () => {
          await rm(path, { force: true });
          await removeVolumes(options.base, 1);
        });
        journal = disk.openJournal(path, (json) => entrySchema.safeParse(json).data);
      }
      const writer = new BundleWriter(options, journal, unlock);
      await writer.#restore(journal.entries);
      return writer;
    } catch (error) {
      await unlock();
      throw error;
    }
  }

  async #restore(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) {
      if (entry.type === 'blob') {
        this.blobs.set(entry.blob.digest, entry.blob);
        this.#padding = padding(entry.blob.size);
        this.#end = entry.end;
      } else if (entry.type === 'image') this.images.set(entry.image.name, entry.image);
      else if (entry.type === 'volume') this.volumes[entry.number - 1] = entry.volume;
    }
    if (this.#end === undefined) return;
    this.volumes.length = this.#end.volume - 1;
    await this.#out.resume(this.#end);
  }

  /** Adds a blob unless it is there. `shrink`: it is not compressed yet. */
  async add(
    blob: BlobRef,
    { repository, shrink }: { readonly repository: string; readonly shrink: boolean },
    content: () => AsyncIterable<Uint8Array>,
  ): Promise<void> {
    await this.#inTurn(async () => {
      if (this.blobs.has(blob.digest)) return;
      const { frames, start } = await this.#append(blobPath(blob.digest), blob.size, content(), shrink);
      if (blob.size >= chunkBytes) await this.#out.sync();
      const bundled = { digest: blob.digest, size: blob.size, ...start, frames, in: repository };
      this.blobs.set(blob.digest, bundled);
      this.#journal.add({ type: 'blob', blob: bundled, end: this.#out.at });
    });
  }

  /** Names a manifest that was added. */
  name(image: BundledImage): void {
    this.images.set(image.name, image);
    this.#journal.add({ type: 'image', image });
  }

  /** Adds the last files and ends the tar. */
  async finish(files: Readonly<Record<string, string>>): Promise<void> {
    await this.#inTurn(async () => {
      for (const [name, text] of Object.entries(files)) {
        const bytes = Buffer.from(text);
        await this.#append(name, bytes.byteLength, [bytes], true);
      }
      await this.#out.append(await encodeFrame(Buffer.alloc(this.#padding + 2 * block), true));
      await this.#out.end();
    });
  }

  async close(): Promise<void> {
    // Who waited for it has been told already.
    await this.#turn.catch(() => undefined);
    await this.#out.close();
    this.#journal.close();
    await this.#unlock();
  }

  async #append(
    name: string,
    size: number,
    content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    shrink: boolean,
  ): Promise<{ readonly frames: number[]; readonly start: Place }> {
    const head = Buffer.concat([Buffer.alloc(this.#padding), fileHeader(name, size)]);
    await this.#out.append(await encodeFrame(head, true));
    const frames: number[] = [];
    let start = this.#out.at;
    for await (const chunk of inChunks(content)) {
      const frame = await encodeFrame(chunk, shrink);
      const at = await this.#out.append(frame);
      if (frames.length === 0) start = at;
      frames.push(frame.byteLength);
    }
    this.#padding = padding(size);
    return { frames, start };
  }

  /** One after another; after a failure nothing more, for what follows would lie behind a gap. */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(
      async () => await writing(volumeFile(this.#base, this.#out.at.volume || 1), work),
    );
    this.#turn = turn;
    turn.catch(() => undefined);
    await turn;
  }
}

/** An unfinished bundle of the same making, its volumes as long as its journal says. */
async function canContinue(
  entries: readonly Entry[],
  { base, volumeSize, key }: BundleWriterOptions,
): Promise<boolean> {
  const begin = entries.find((it) => it.type === 'begin');
  if (begin === undefined || begin.volumeSize !== volumeSize || begin.key !== key) return false;
  const end = entries.findLast((it) => it.type === 'blob')?.end;
  if (end === undefined) return true;
  const sizes = entries.flatMap((it) => (it.type === 'volume' && it.number < end.volume ? [it] : []));
  const lengths = new Map(sizes.map(({ number, volume }) => [number, volume.size]));
  for (let volume = 1; volume <= end.volume; volume++) {
    const found = await stat(volumeFile(base, volume)).catch(() => undefined);
    if (found === undefined) return false;
    if (volume < end.volume ? found.size !== lengths.get(volume) : found.size < end.offset) return false;
  }
  return true;
}

async function* inChunks(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const piece of content) {
    for (let at = 0; at < piece.byteLength;) {
      const part = piece.subarray(at, at + chunkBytes - size);
      waiting.push(part);
      size += part.byteLength;
      at += part.byteLength;
      if (size < chunkBytes) continue;
      yield Buffer.concat(waiting);
      waiting = [];
      size = 0;
    }
  }
  if (size > 0) yield Buffer.concat(waiting);
}

import { createHash, type Hash } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { readFileFrom } from '../local/content.ts';
import { writeAll, writing } from '../local/disk.ts';
import type { Bundle } from './format.ts';
import { volumeLabel } from './frame.ts';

/** A place in a bundle: the volume, counted from one, and the byte in its file. */
export type Place = { readonly volume: number; readonly offset: number };

export type Volume = Bundle['volumes'][number];

/** Volumes are written beside the index: `NAME.tar.zst.001`, …; joined in this order they are one file. */
export function volumeFile(base: string, volume: number): string {
  return `${base}.tar.zst.${String(volume).padStart(3, '0')}`;
}

/** Writes frames into volumes: a frame never crosses from one to the next. */
export class VolumeWriter {
  readonly #base: string;
  readonly #id: string;
  readonly #limit: number;
  readonly #onEnd: (volume: Volume, number: number) => void;
  #file: FileHandle | undefined;
  #hash: Hash = createHash('sha256');
  #at: Place = { volume: 0, offset: 0 };

  /** @param onEnd told of each volume when it is on disk for good. */
  constructor(base: string, id: string, limit: number, onEnd: (volume: Volume, number: number) => void) {
    this.#base = base;
    this.#id = id;
    this.#limit = limit;
    this.#onEnd = onEnd;
  }

  get at(): Place {
    return this.#at;
  }

  /** Goes on where an earlier process had come to; what it wrote behind that is cut off. */
  async resume(at: Place): Promise<void> {
    const path = volumeFile(this.#base, at.volume);
    await writing(path, async () => {
      this.#file = await open(path, 'r+');
      await this.#file.truncate(at.offset);
      for await (const chunk of readFileFrom(path)) this.#hash.update(chunk);
      await removeVolumes(this.#base, at.volume + 1);
    });
    this.#at = at;
  }

  /** Appends a frame; gives its place. */
  async append(frame: Uint8Array): Promise<Place> {
    if (this.#file === undefined || this.#at.offset + frame.byteLength > this.#limit) await this.#next();
    const place = this.#at;
    await this.#write(frame);
    return place;
  }

  async sync(): Promise<void> {
    await this.#file?.datasync();
  }

  /** Ends the last volume. */
  async end(): Promise<void> {
    if (this.#file === undefined) return;
    await this.#file.sync();
    await this.close();
    const { volume, offset } = this.#at;
    const file = volumeFile(this.#base, volume);
    const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    this.#onEnd({ file: name, size: offset, sha256: this.#hash.digest('hex') }, volume);
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  async #next(): Promise<void> {
    await this.end();
    const volume = this.#at.volume + 1;
    this.#hash = createHash('sha256');
    this.#file = await open(volumeFile(this.#base, volume), 'w');
    this.#at = { volume, offset: 0 };
    await this.#write(volumeLabel(this.#id, volume));
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const { volume, offset } = this.#at;
    if (this.#file === undefined) return;
    await writeAll(this.#file, bytes, offset);
    this.#hash.update(bytes);
    this.#at = { volume, offset: offset + bytes.byteLength };
  }
}

/** Removes volumes from a number on, up to the first that is not there. */
export async function removeVolumes(base: string, from: number): Promise<void> {
  for (let volume = from; ; volume++) {
    try {
      await rm(volumeFile(base, volume));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
  }
}

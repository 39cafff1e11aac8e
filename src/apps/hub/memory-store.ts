import { randomUUID } from 'node:crypto';
import { digesterFor, isDigest } from '../../core/image/index.ts';
import type { BlobUpload, ByteRange, RegistryStore, StoredBlob, StoredManifest } from './store.ts';

type Repository = {
  readonly manifests: Map<string, StoredManifest>;
  readonly tags: Map<string, string>;
  readonly blobs: Set<string>;
};

/** Uploads that nobody finished are forgotten beyond this number, oldest first. */
const MAX_OPEN_UPLOADS = 256;

/** Everything in the memory of this process, gone with it. */
export class MemoryStore implements RegistryStore {
  readonly #repositories = new Map<string, Repository>();
  readonly #blobs = new Map<string, Uint8Array>();
  readonly #uploads = new Map<string, { repository: string; upload: BlobUpload }>();

  async getManifest(repository: string, reference: string): Promise<StoredManifest | undefined> {
    const found = this.#repositories.get(repository);
    const digest = isDigest(reference) ? reference : found?.tags.get(reference);
    return digest === undefined ? undefined : found?.manifests.get(digest);
  }

  async putManifest(repository: string, manifest: StoredManifest, tags: readonly string[]): Promise<void> {
    const target = this.#repository(repository);
    target.manifests.set(manifest.digest, manifest);
    for (const tag of tags) target.tags.set(tag, manifest.digest);
  }

  async deleteManifest(repository: string, digest: string): Promise<boolean> {
    const found = this.#repositories.get(repository);
    if (!found?.manifests.delete(digest)) return false;
    for (const [tag, target] of found.tags) if (target === digest) found.tags.delete(tag);
    return true;
  }

  async deleteTag(repository: string, tag: string): Promise<boolean> {
    return this.#repositories.get(repository)?.tags.delete(tag) ?? false;
  }

  async listTags(repository: string): Promise<readonly string[] | undefined> {
    const found = this.#repositories.get(repository);
    return found === undefined ? undefined : [...found.tags.keys()].sort();
  }

  async statBlob(repository: string, digest: string): Promise<number | undefined> {
    return this.#blob(repository, digest)?.byteLength;
  }

  async openBlob(repository: string, digest: string): Promise<StoredBlob | undefined> {
    const bytes = this.#blob(repository, digest);
    return bytes === undefined
      ? undefined
      : { size: bytes.byteLength, read: (range) => slices(bytes, range) };
  }

  async mountBlob(from: string, to: string, digest: string): Promise<boolean> {
    if (this.#blob(from, digest) === undefined) return false;
    this.#repository(to).blobs.add(digest);
    return true;
  }

  async deleteBlob(repository: string, digest: string): Promise<boolean> {
    if (!this.#repositories.get(repository)?.blobs.delete(digest)) return false;
    const used = [...this.#repositories.values()].some(({ blobs }) => blobs.has(digest));
    if (!used) this.#blobs.delete(digest);
    return true;
  }

  /** Removes a repository with all it holds; false when there was none. */
  async deleteRepository(repository: string): Promise<boolean> {
    const blobs = [...(this.#repositories.get(repository)?.blobs ?? [])];
    for (const digest of blobs) await this.deleteBlob(repository, digest);
    return this.#repositories.delete(repository);
  }

  /** Names of all repositories, in lexical order. */
  async listRepositories(): Promise<readonly string[]> {
    return [...this.#repositories.keys()].sort();
  }

  async startUpload(repository: string): Promise<BlobUpload> {
    const upload = new MemoryUpload({
      forget: () => this.#uploads.delete(upload.id),
      keep: (digest, bytes) => {
        this.#blobs.set(digest, bytes);
        this.#repository(repository).blobs.add(digest);
      },
    });
    this.#uploads.set(upload.id, { repository, upload });
    const [oldest] = this.#uploads.keys();
    if (oldest !== undefined && this.#uploads.size > MAX_OPEN_UPLOADS) this.#uploads.delete(oldest);
    return upload;
  }

  async findUpload(repository: string, id: string): Promise<BlobUpload | undefined> {
    const found = this.#uploads.get(id);
    return found?.repository === repository ? found.upload : undefined;
  }

  #repository(name: string): Repository {
    const found = this.#repositories.get(name);
    if (found !== undefined) return found;
    const made: Repository = { manifests: new Map(), tags: new Map(), blobs: new Set() };
    this.#repositories.set(name, made);
    return made;
  }

  #blob(repository: string, digest: string): Uint8Array | undefined {
    return this.#repositories.get(repository)?.blobs.has(digest) ? this.#blobs.get(digest) : undefined;
  }
}

type UploadOwner = {
  readonly forget: () => void;
  readonly keep: (digest: string, bytes: Uint8Array) => void;
};

class MemoryUpload implements BlobUpload {
  readonly id = randomUUID();
  readonly #owner: UploadOwner;
  #chunks: Uint8Array[] = [];
  #size = 0;

  constructor(owner: UploadOwner) {
    this.#owner = owner;
  }

  get size(): number {
    return this.#size;
  }

  async append(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of chunks) {
      this.#chunks.push(chunk);
      this.#size += chunk.byteLength;
    }
  }

  async commit(digest: string): Promise<boolean> {
    this.#owner.forget();
    const digester = digesterFor(digest);
    for (const chunk of this.#chunks) digester.update(chunk);
    if (digester.digest() !== digest) return false;
    this.#owner.keep(digest, Buffer.concat(this.#chunks));
    this.#chunks = [];
    return true;
  }

  async cancel(): Promise<void> {
    this.#owner.forget();
    this.#chunks = [];
  }
}

/** One write to a socket; small enough that a slow reader does not hold a second copy of a large blob. */
const SLICE_BYTES = 64 * 1024;

async function* slices(bytes: Uint8Array, range?: ByteRange): AsyncIterable<Uint8Array> {
  const end = range === undefined ? bytes.byteLength : range.last + 1;
  for (let at = range?.first ?? 0; at < end; at += SLICE_BYTES) {
    yield bytes.subarray(at, Math.min(end, at + SLICE_BYTES));
  }
}

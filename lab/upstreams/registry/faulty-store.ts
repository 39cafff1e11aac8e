import { setTimeout as sleep } from 'node:timers/promises';
import type { RegistryStore, StoredBlob, StoredManifest } from '../../../src/apps/hub/index.ts';
import { digestOf, indexMediaTypes, isDigest } from '../../../src/core/image/index.ts';
import type { FaultKind, FaultRequest } from '../api.ts';
import { StoreLayer } from './store-layer.ts';

/** Time for bytes to leave this process before the connection is reset, which would throw them away. */
const FLUSH_MS = 50;
/** A slow body is handed out in this many pieces a second. */
const PIECES_PER_SECOND = 10;

/** What one request sees of a store, with the faults that hit this request. */
export class FaultyStore extends StoreLayer {
  readonly #faults: readonly FaultRequest[];
  readonly #resetConnection: () => void;

  constructor(inner: RegistryStore, faults: readonly FaultRequest[], resetConnection: () => void) {
    super(inner);
    this.#faults = faults;
    this.#resetConnection = resetConnection;
  }

  override async getManifest(repository: string, reference: string): Promise<StoredManifest | undefined> {
    const lost = this.#fault('without-platform')?.platform;
    const manifest = await (lost === undefined
      ? super.getManifest(repository, reference)
      : this.#withoutPlatform(repository, reference, lost));
    if (manifest === undefined) return undefined;
    const speed = this.#fault('slow')?.bytesPerSecond;
    if (speed !== undefined) await sleep((manifest.bytes.byteLength / speed) * 1000);
    if (this.#fault('wrong-digest') === undefined) return manifest;
    // Still the same JSON, with one more byte at its end.
    return { ...manifest, bytes: Buffer.concat([manifest.bytes, Buffer.from('\n')]) };
  }

  override async openBlob(repository: string, digest: string): Promise<StoredBlob | undefined> {
    const blob = await super.openBlob(repository, digest);
    if (blob === undefined) return undefined;
    const speed = this.#fault('slow')?.bytesPerSecond;
    const reset = this.#fault('reset-blob');
    const isWrong = this.#fault('wrong-blob') !== undefined;
    return {
      size: blob.size,
      read: (range) => {
        const right = speed === undefined ? blob.read(range) : slowly(blob.read(range), speed);
        const bytes = isWrong ? zeroed(right) : right;
        if (reset === undefined) return bytes;
        const length = range === undefined ? blob.size : range.last - range.first + 1;
        return this.#cut(bytes, reset.afterBytes ?? Math.floor(length / 2));
      },
    };
  }

  async *#cut(bytes: AsyncIterable<Uint8Array>, after: number): AsyncIterable<Uint8Array> {
    let left = after;
    for await (const chunk of bytes) {
      if (left > 0) yield chunk.subarray(0, left);
      left -= chunk.byteLength;
      if (left <= 0) break;
    }
    await sleep(FLUSH_MS);
    this.#resetConnection();
    throw new Error('connection reset on purpose');
  }

  /** The repository as it were had its indexes been copied without one platform. */
  async #withoutPlatform(
    repository: string,
    reference: string,
    platform: string,
  ): Promise<StoredManifest | undefined> {
    if (!isDigest(reference)) {
      const manifest = await super.getManifest(repository, reference);
      return manifest && (trimIndex(manifest, platform)?.index ?? manifest);
    }
    for (const tag of (await this.listTags(repository)) ?? []) {
      const whole = await super.getManifest(repository, tag);
      const trimmed = whole && trimIndex(whole, platform);
      if (trimmed?.index.digest === reference) return trimmed.index;
      if (trimmed && (whole.digest === reference || trimmed.removed.includes(reference))) return undefined;
    }
    return super.getManifest(repository, reference);
  }

  #fault<K extends FaultKind['kind']>(kind: K): Extract<FaultRequest, { kind: K }> | undefined {
    const found = this.#faults.find((fault) => fault.kind === kind);
    return found as Extract<FaultRequest, { kind: K }> | undefined;
  }
}

type IndexEntry = {
  readonly digest: string;
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string };
};

/** Undefined when it is no index or does not have the platform. */
function trimIndex(
  manifest: StoredManifest,
  platform: string,
): { readonly index: StoredManifest; readonly removed: readonly string[] } | undefined {
  if (!indexMediaTypes.includes(manifest.mediaType)) return undefined;
  const index = JSON.parse(Buffer.from(manifest.bytes).toString('utf8')) as { manifests: IndexEntry[] };
  const removed = index.manifests.filter((entry) => platformOf(entry) === platform);
  if (removed.length === 0) return undefined;
  const kept = { ...index, manifests: index.manifests.filter((entry) => !removed.includes(entry)) };
  const bytes = Buffer.from(JSON.stringify(kept, undefined, 2));
  return {
    index: { digest: digestOf(bytes), mediaType: manifest.mediaType, bytes },
    removed: removed.map(({ digest }) => digest),
  };
}

function platformOf({ platform }: IndexEntry): string {
  return [platform?.os, platform?.architecture, platform?.variant]
    .filter((part) => part !== undefined)
    .join('/');
}

async function* zeroed(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const chunk of chunks) yield new Uint8Array(chunk.byteLength);
}

async function* slowly(chunks: AsyncIterable<Uint8Array>, bytesPerSecond: number): AsyncIterable<Uint8Array> {
  const piece = Math.max(1, Math.floor(bytesPerSecond / PIECES_PER_SECOND));
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.byteLength; at += piece) {
      const part = chunk.subarray(at, at + piece);
      await sleep((part.byteLength / bytesPerSecond) * 1000);
      yield part;
    }
  }
}

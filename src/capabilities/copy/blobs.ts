import { LargestFirst } from './largest-first.ts';
import type { BlobRef, CopyDeps, CopyTotals, Repository } from './types.ts';

/** Blobs on their way at one time; each takes one connection to the source and one to the target. */
const transfers = 16;

/**
 * Puts blobs where they are needed, over a whole list of images: each leaves its source once for each target registry,
 * and is mounted into the other repositories there.
 */
export class BlobPlacer {
  readonly #deps: Pick<CopyDeps, 'journal' | 'onEvent'>;
  readonly #queue = new LargestFirst(transfers);
  /** By repository and digest. */
  readonly #placed = new Map<string, Promise<void>>();
  /** By registry and digest: the first repository that gets it. */
  readonly #first = new Map<string, Promise<string>>();
  readonly #mountable = new Map<string, string>();
  readonly #uploads = new Map<string, string>();
  #totals: CopyTotals = { bytesPlanned: 0, bytesSent: 0, blobsSent: 0, blobsMounted: 0, blobsPresent: 0 };

  constructor(deps: Pick<CopyDeps, 'journal' | 'onEvent'>) {
    this.#deps = deps;
    for (const hint of deps.journal.hints) {
      if (hint.type === 'upload') this.#uploads.set(`${hint.repository} ${hint.digest}`, hint.address);
      else this.#mountable.set(`${registryOf(hint.repository)} ${hint.digest}`, hint.repository);
    }
  }

  get totals(): CopyTotals {
    return this.#totals;
  }

  /** Resolves when the target's repository has the blob. */
  place(blob: BlobRef, source: Repository, target: Repository): Promise<void> {
    const key = `${target.name} ${blob.digest}`;
    const known = this.#placed.get(key);
    if (known !== undefined) return known;
    const placed = this.#place(blob, source, target);
    this.#placed.set(key, placed);
    return placed;
  }

  async #place(blob: BlobRef, source: Repository, target: Repository): Promise<void> {
    const key = `${target.registry} ${blob.digest}`;
    const first = this.#first.get(key);
    if (first === undefined) {
      const here = this.#bring(blob, source, target).then(() => target.name);
      this.#first.set(key, here);
      await here;
      return;
    }
    // When the first way failed this one is tried all the same: the blob may come from another source.
    const holder = await first.catch(() => undefined);
    if (holder !== undefined && (await this.#mount(blob, holder, target))) return;
    await this.#bring(blob, source, target);
  }

  async #bring(blob: BlobRef, source: Repository, target: Repository): Promise<void> {
    if (await target.hasBlob(blob.digest)) {
      this.#count({ blobsPresent: this.#totals.blobsPresent + 1 });
      return this.#remember(blob, target);
    }
    const known =
      source.registry === target.registry
        ? source.name
        : this.#mountable.get(`${target.registry} ${blob.digest}`);
    if (known !== undefined && known !== target.name && (await this.#mount(blob, known, target))) return;
    this.#count({ bytesPlanned: this.#totals.bytesPlanned + blob.size });
    await this.#queue.run(blob.size, () => this.#send(blob, source, target));
  }

  async #mount(blob: BlobRef, from: string, target: Repository): Promise<boolean> {
    const path = from.slice(target.registry.length + 1);
    const mounted = await target.mountBlob(blob.digest, path);
    if (mounted) {
      this.#count({ blobsMounted: this.#totals.blobsMounted + 1 });
      this.#remember(blob, target);
    }
    return mounted;
  }

  async #send(blob: BlobRef, source: Repository, target: Repository): Promise<void> {
    const { journal } = this.#deps;
    const repository = target.name;
    let reached = 0;
    const counted = async function* (this: BlobPlacer, from: number) {
      reached = Math.max(reached, from);
      let at = from;
      for await (const chunk of source.readBlob(blob, from)) {
        at += chunk.byteLength;
        yield chunk;
        // What is sent again after a cut is no progress.
        const more = Math.max(0, at - reached);
        reached += more;
        this.#count({ bytesSent: this.#totals.bytesSent + more });
      }
    }.bind(this);
    const pushed = await target.pushBlob(blob, counted, {
      resume: this.#uploads.get(`${repository} ${blob.digest}`),
      onUpload: (address) => journal.add({ type: 'upload', digest: blob.digest, repository, address }),
    });
    const { blobsSent, blobsMounted } = this.#totals;
    this.#count(pushed === 'sent' ? { blobsSent: blobsSent + 1 } : { blobsMounted: blobsMounted + 1 });
    this.#remember(blob, target);
  }

  #remember(blob: BlobRef, { name: repository }: Repository): void {
    this.#deps.journal.add({ type: 'placed', digest: blob.digest, repository });
  }

  #count(changed: Partial<CopyTotals>): void {
    this.#totals = { ...this.#totals, ...changed };
    this.#deps.onEvent({ type: 'progress', totals: this.#totals });
  }
}

function registryOf(repository: string): string {
  return repository.split('/', 1).join('');
}

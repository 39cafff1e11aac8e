import type { RegistryStore, StoredBlob, StoredManifest } from '../../../src/apps/hub/index.ts';
import type { FaultBoard } from './fault-board.ts';
import { StoreLayer } from './store-layer.ts';

/** Repositories with the fault `gone-for-all` do not exist in it. */
export class GoneStore extends StoreLayer {
  readonly #host: string;
  readonly #board: FaultBoard;

  constructor(inner: RegistryStore, host: string, board: FaultBoard) {
    super(inner);
    this.#host = host;
    this.#board = board;
  }

  override async getManifest(repository: string, reference: string): Promise<StoredManifest | undefined> {
    return this.#gone(repository) ? undefined : super.getManifest(repository, reference);
  }

  override async listTags(repository: string): Promise<readonly string[] | undefined> {
    return this.#gone(repository) ? undefined : super.listTags(repository);
  }

  override async statBlob(repository: string, digest: string): Promise<number | undefined> {
    return this.#gone(repository) ? undefined : super.statBlob(repository, digest);
  }

  override async openBlob(repository: string, digest: string): Promise<StoredBlob | undefined> {
    return this.#gone(repository) ? undefined : super.openBlob(repository, digest);
  }

  #gone(repository: string): boolean {
    return this.#board.find('gone-for-all', this.#host, repository) !== undefined;
  }
}

import type { BlobUpload, RegistryStore, StoredBlob, StoredManifest } from '../../../src/apps/hub/index.ts';

/** A store on top of another one; subclasses change what they are about. */
export class StoreLayer implements RegistryStore {
  protected readonly inner: RegistryStore;

  constructor(inner: RegistryStore) {
    this.inner = inner;
  }

  getManifest(repository: string, reference: string): Promise<StoredManifest | undefined> {
    return this.inner.getManifest(repository, reference);
  }

  putManifest(repository: string, manifest: StoredManifest, tags: readonly string[]): Promise<void> {
    return this.inner.putManifest(repository, manifest, tags);
  }

  deleteManifest(repository: string, digest: string): Promise<boolean> {
    return this.inner.deleteManifest(repository, digest);
  }

  deleteTag(repository: string, tag: string): Promise<boolean> {
    return this.inner.deleteTag(repository, tag);
  }

  listTags(repository: string): Promise<readonly string[] | undefined> {
    return this.inner.listTags(repository);
  }

  statBlob(repository: string, digest: string): Promise<number | undefined> {
    return this.inner.statBlob(repository, digest);
  }

  openBlob(repository: string, digest: string): Promise<StoredBlob | undefined> {
    return this.inner.openBlob(repository, digest);
  }

  mountBlob(from: string, to: string, digest: string): Promise<boolean> {
    return this.inner.mountBlob(from, to, digest);
  }

  deleteBlob(repository: string, digest: string): Promise<boolean> {
    return this.inner.deleteBlob(repository, digest);
  }

  startUpload(repository: string): Promise<BlobUpload> {
    return this.inner.startUpload(repository);
  }

  findUpload(repository: string, id: string): Promise<BlobUpload | undefined> {
    return this.inner.findUpload(repository, id);
  }
}

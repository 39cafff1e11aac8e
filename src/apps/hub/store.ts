/** A manifest as it was pushed: its bytes are never changed, so that its digest holds. */
export type StoredManifest = {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
};

/** First and last byte, both counted in, as in the Range header. */
export type ByteRange = { readonly first: number; readonly last: number };

export type StoredBlob = {
  readonly size: number;
  /** The bytes of the range, or all of them. */
  read(range?: ByteRange): AsyncIterable<Uint8Array>;
};

/** A blob on its way in. Nothing of it can be read before `commit` has found the digest right. */
export type BlobUpload = {
  readonly id: string;
  /** Bytes received so far. */
  readonly size: number;
  append(chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** Ends the upload; false when the bytes do not hash to `digest`, and then nothing is stored. */
  commit(digest: string): Promise<boolean>;
  cancel(): Promise<void>;
};

/**
 * Where a registry keeps its images. The handler asks nothing else of it, so a store on files, or one that fetches what
 * it lacks from another registry, is one more implementation of this type. Digests are valid when they get here
 * (`digest.ts`); blobs are visible only in the repositories they were pushed or mounted to.
 */
export type RegistryStore = {
  /** `reference` is a tag or a digest. */
  getManifest(repository: string, reference: string): Promise<StoredManifest | undefined>;
  putManifest(repository: string, manifest: StoredManifest, tags: readonly string[]): Promise<void>;
  /** Removes the manifest and the tags that point to it; false when there was none. */
  deleteManifest(repository: string, digest: string): Promise<boolean>;
  deleteTag(repository: string, tag: string): Promise<boolean>;
  /** In lexical order; undefined when the repository does not exist. */
  listTags(repository: string): Promise<readonly string[] | undefined>;
  /** Size in bytes; for HEAD, so it must cost nothing. */
  statBlob(repository: string, digest: string): Promise<number | undefined>;
  openBlob(repository: string, digest: string): Promise<StoredBlob | undefined>;
  /** Makes a blob of `from` visible in `to`; false when `from` does not have it. */
  mountBlob(from: string, to: string, digest: string): Promise<boolean>;
  deleteBlob(repository: string, digest: string): Promise<boolean>;
  startUpload(repository: string): Promise<BlobUpload>;
  findUpload(repository: string, id: string): Promise<BlobUpload | undefined>;
};

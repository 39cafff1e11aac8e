import type { Referrer } from '../../core/image/index.ts';
import type { BlobRef } from './remote/blob.ts';
import type { FetchedManifest } from './remote/manifest.ts';

/** What is told about a manifest without sending it. */
export type ManifestHead = { readonly digest: string };

/** A manifest to be stored: its bytes are kept as they are, so that its digest holds. */
export type ManifestContent = Pick<FetchedManifest, 'mediaType' | 'bytes' | 'digest'>;

export type PushOptions = {
  /** Address of an upload that was begun before, perhaps by another process. */
  readonly resume?: string | undefined;
  /** Told before bytes are sent that could be continued later. */
  readonly onUpload?: (address: string) => void;
};

/** `mounted`: the other side had the blob elsewhere, and nothing was sent. */
export type Pushed = 'sent' | 'mounted';

/** Reads the blob from a byte on; called again after a cut, with what the other side has by then. */
export type OpenBlob = (from: number) => AsyncIterable<Uint8Array>;

/**
 * One repository of images: on a registry, or a folder, archive or bundle. `reference` is a tag or a digest.
 * Whatever is missing is `undefined` where it is asked for, and PM_REGISTRY_ABSENT where it is read.
 */
export type ImageRepository = {
  /** `host/path` or `oci:DIR`. */
  readonly name: string;
  /** What repositories share that can hand blobs to one another without a copy. */
  readonly registry: string;
  headManifest(reference: string): Promise<ManifestHead | undefined>;
  getManifest(reference: string): Promise<FetchedManifest>;
  /** All that the manifest names must be there before. A manifest with a subject joins the referrers of that. */
  putManifest(reference: string, manifest: ManifestContent): Promise<void>;
  deleteManifest(reference: string): Promise<void>;
  /** In the order of the registry. */
  listTags(): Promise<readonly string[]>;
  /** Manifests that speak about this one: signatures, SBOMs; none where nobody lists them. */
  listReferrers(digest: string): Promise<readonly Referrer[]>;
  hasBlob(digest: string): Promise<boolean>;
  /** Streams a blob and checks it; from a later byte on only its end can be checked, not its digest. */
  readBlob(blob: BlobRef, from?: number): AsyncIterable<Uint8Array>;
  /** Stores a blob; the other side refuses bytes of another digest. */
  pushBlob(blob: BlobRef, open: OpenBlob, options?: PushOptions): Promise<Pushed>;
  /**
   * Takes a blob over from another repository of the same registry, or from any that the registry knows when none is
   * named; false when that is not possible.
   */
  mountBlob(digest: string, from?: string): Promise<boolean>;
};

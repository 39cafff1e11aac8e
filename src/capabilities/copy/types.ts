import type { PullmendError } from '../../core/base/index.ts';
import type { Descriptor, ImageAddress, Manifest, Referrer } from '../../core/image/index.ts';

/** One image to copy. */
export type CopyPair = {
  readonly source: ImageAddress;
  readonly target: ImageAddress;
  /** The mirror of the configuration that the target has its name from. */
  readonly mirror?: string;
};

export type CopyState = 'copied' | 'unchanged' | 'would-copy' | 'failed';

/** What became of one image. */
export type CopyResult = {
  readonly source: string;
  readonly target: string;
  /** The mirror of the configuration that the target has its name from. */
  readonly mirror?: string;
  readonly state: CopyState;
  /** Of what the target's name leads to now, or would. */
  readonly digest?: string;
  /** The source's, when the copy has another one because platforms were left out. */
  readonly sourceDigest?: string;
  readonly error?: PullmendError;
};

/** What went over the line, in bytes and numbers of blobs. */
export type CopyTotals = {
  /** Size of what had to be sent, of all blobs that are known by now. */
  readonly bytesPlanned: number;
  readonly bytesSent: number;
  readonly blobsSent: number;
  readonly blobsMounted: number;
  /** Already at the target. */
  readonly blobsPresent: number;
};

export type CopyEvent =
  | { readonly type: 'result'; readonly result: CopyResult; readonly done: number; readonly total: number }
  | { readonly type: 'progress'; readonly totals: CopyTotals };

export type CopyReport = {
  readonly results: readonly CopyResult[];
  readonly totals: CopyTotals;
  readonly seconds: number;
};

/** What earlier runs know that the target cannot tell; hints, never believed unseen. */
export type CopyHint =
  | { readonly type: 'placed'; readonly digest: string; readonly repository: string }
  | {
      readonly type: 'upload';
      readonly digest: string;
      readonly repository: string;
      readonly address: string;
    };

/** Where hints are kept: append-only, so that a kill at any moment loses nothing that was written. */
export type CopyJournal = {
  readonly hints: readonly CopyHint[];
  readonly add: (hint: CopyHint) => void;
};

export type BlobRef = Pick<Descriptor, 'digest' | 'size'>;

export type ManifestContent = {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
};

/** A repository as this stage needs it; adapters/oci has it for registries and for layouts. */
export type Repository = {
  readonly name: string;
  readonly registry: string;
  headManifest(reference: string): Promise<{ readonly digest: string } | undefined>;
  getManifest(reference: string): Promise<ManifestContent & { readonly manifest: Manifest }>;
  putManifest(reference: string, manifest: ManifestContent): Promise<void>;
  listReferrers(digest: string): Promise<readonly Referrer[]>;
  hasBlob(digest: string): Promise<boolean>;
  readBlob(blob: BlobRef, from?: number): AsyncIterable<Uint8Array>;
  pushBlob(
    blob: BlobRef,
    open: (from: number) => AsyncIterable<Uint8Array>,
    options?: { readonly resume?: string | undefined; readonly onUpload?: (address: string) => void },
  ): Promise<'sent' | 'mounted'>;
  mountBlob(digest: string, from?: string): Promise<boolean>;
};

export type CopyDeps = {
  readonly open: (address: ImageAddress, use: 'source' | 'target') => Repository;
  readonly journal: CopyJournal;
  readonly onEvent: (event: CopyEvent) => void;
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly now: () => number;
};

export type CopyOptions = {
  /** `os/arch[/variant]`; empty: all, and the digest stays. */
  readonly platforms: readonly string[];
  readonly dryRun: boolean;
  /** Signatures, SBOMs and whatever else refers to an image or one of its platforms. */
  readonly referrers?: boolean;
};

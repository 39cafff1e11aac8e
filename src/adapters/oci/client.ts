import type { Reference } from '../../core/image/index.ts';
import type { Probe } from '../../core/model/index.ts';
import type { ClientOptions } from './options.ts';
import { readBlob, type BlobRef } from './remote/blob.ts';
import { getManifest, type FetchedManifest } from './remote/manifest.ts';
import { probe, type ProbeOptions } from './remote/probe.ts';
import { remoteRepository } from './remote/repository.ts';
import { Session, type CallOptions } from './remote/session.ts';
import type { ImageRepository } from './store.ts';

/** Reads from any registry that speaks the OCI distribution protocol. */
export type RegistryClient = {
  /** Does the registry really serve this image; see `Probe`. Failures of the registry are the result. */
  readonly probe: (reference: Reference, options?: ProbeOptions) => Promise<Probe>;
  /** The manifest, its digest checked. Throws PM_REGISTRY_*, PM_MIRROR_NOT_A_REGISTRY, PM_TLS_UNTRUSTED. */
  readonly getManifest: (reference: Reference, options?: CallOptions) => Promise<FetchedManifest>;
  /** Streams a blob; ends with an error when size or digest are not as told. */
  readonly readBlob: (
    reference: Pick<Reference, 'registry' | 'repository'>,
    blob: BlobRef,
    options?: CallOptions,
  ) => AsyncIterable<Uint8Array>;
  /** The repository of a reference, to read and to write. Throws PM_REGISTRY_*, PM_TLS_UNTRUSTED. */
  readonly repository: (
    reference: Pick<Reference, 'registry' | 'repository'>,
    options?: CallOptions,
  ) => ImageRepository;
  /** Cuts all connections. */
  readonly close: () => Promise<void>;
};

/** A client with connections, tokens and limits of its own; close it at the end. */
export function createRegistryClient(options: ClientOptions = {}): RegistryClient {
  const session = new Session(options);
  return {
    probe: (reference, call) => probe(session, reference, call),
    getManifest: (reference, call) => getManifest(session, reference, call),
    readBlob: (reference, blob, call) => readBlob(session, reference, blob, call),
    repository: ({ registry, repository }, call) =>
      remoteRepository(session, { ...call, reference: { registry, repository } }),
    close: () => session.close(),
  };
}

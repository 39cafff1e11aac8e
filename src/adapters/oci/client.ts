import type { Reference } from '../../core/image/index.ts';
import type { EndpointReach, Probe } from '../../core/model/index.ts';
import type { ClientOptions } from './options.ts';
import { readBlob, type BlobRef } from './remote/blob.ts';
import { getManifest, type FetchedManifest } from './remote/manifest.ts';
import { sendPlain, type PlainReply, type PlainRequest } from './remote/plain.ts';
import { probe, type ProbeOptions } from './remote/probe.ts';
import { reach, type ReachOptions } from './remote/reach.ts';
import { remoteRepository } from './remote/repository.ts';
import { checkPush } from './remote/upload.ts';
import { Session, type CallOptions } from './remote/session.ts';
import type { ImageRepository } from './store.ts';

/** Reads from any registry that speaks the OCI distribution protocol. */
export type RegistryClient = {
  /** Does the registry really serve this image; see `Probe`. Failures of the registry are the result. */
  readonly probe: (reference: Reference, options?: ProbeOptions) => Promise<Probe>;
  /** How far a pull would get, without a request that counts as one. Failures are the result. */
  readonly reach: (reference: Reference, options?: ReachOptions) => Promise<EndpointReach>;
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
  /** A request to another API on the host of a registry, reached as the registry is. Throws as `repository`. */
  readonly plain: (registry: string, request: PlainRequest) => Promise<PlainReply>;
  /** Begins an upload and cancels it, to learn whether images may be pushed there. Throws PM_REGISTRY_*. */
  readonly checkPush: (
    reference: Pick<Reference, 'registry' | 'repository'>,
    options?: CallOptions,
  ) => Promise<void>;
  /** Cuts all connections. */
  readonly close: () => Promise<void>;
};

/** A client with connections, tokens and limits of its own; close it at the end. */
export function createRegistryClient(options: ClientOptions = {}): RegistryClient {
  const session = new Session(options);
  return {
    probe: (reference, call) => probe(session, reference, call),
    reach: (reference, call) => reach(session, reference, call),
    getManifest: (reference, call) => getManifest(session, reference, call),
    readBlob: (reference, blob, call) => readBlob(session, reference, blob, call),
    repository: ({ registry, repository }, call) =>
      remoteRepository(session, { ...call, reference: { registry, repository } }),
    plain: (registry, request) => sendPlain(session, registry, request),
    checkPush: ({ registry, repository }, call) =>
      checkPush(session, { ...call, reference: { registry, repository } }),
    close: () => session.close(),
  };
}

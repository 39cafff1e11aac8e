import type { LookupFunction } from 'node:net';
import type { Keychain } from './credentials/keychain.ts';
import type { RateGate } from './http/rate-gate.ts';

/** How one host is reached, where that differs from the usual. */
export type HostSettings = {
  /** PEM file with authorities to trust besides the usual ones. */
  readonly caFile?: string | undefined;
  /** The same as text. */
  readonly ca?: string | undefined;
  /** PEM files with the certificate that this client shows the host, and its key without a passphrase; both or none. */
  readonly clientCertFile?: string | undefined;
  readonly clientKeyFile?: string | undefined;
  readonly plainHttp?: boolean | undefined;
  /** Where to connect to in place of what the name resolves to; TLS still checks the name. */
  readonly dial?: { readonly host: string; readonly port: number } | undefined;
};

/** Bounds on what a registry can make the client do. */
export type Limits = {
  /** TCP and TLS together. */
  readonly connectMs: number;
  /** From the request to the head of the reply. */
  readonly headersMs: number;
  /** Silence in the middle of a body. */
  readonly idleMs: number;
  /** A blob that comes with fewer bytes than this in each stretch of `paceMs` is one that never ends. */
  readonly paceBytes: number;
  readonly paceMs: number;
  /** Everything of a manifest, config or token, however it trickles in. */
  readonly documentMs: number;
  /** The distribution spec asks registries to accept 4 MiB; containerd reads no more either. */
  readonly manifestBytes: number;
  readonly configBytes: number;
  readonly tokenBytes: number;
  /** Of an error's body only the first message is shown. */
  readonly errorBytes: number;
  readonly redirects: number;
  /** Further tries after a reset connection or a 5xx. */
  readonly retries: number;
  readonly retryPauseMs: number;
  /** The longest `Retry-After` that is waited for; 0: a 429 is told at once. */
  readonly rateWaitMs: number;
  /** From the end of an upload to its answer: the registry may hash and move the whole blob first. */
  readonly commitMs: number;
  /** Blobs up to this size are sent from memory, so that a failed request can simply be sent again. */
  readonly smallBlobBytes: number;
  /** Size of the parts when a registry refuses a blob as a whole (413). */
  readonly chunkBytes: number;
  /** Requests at one time to one host. */
  readonly perHost: number;
  /** Requests at one time to all hosts together: sockets and memory of this process. */
  readonly inAll: number;
  /** How long a host that could not be connected to is not tried again: a run asks for many images. */
  readonly downMs: number;
};

export const defaultLimits: Limits = {
  connectMs: 5_000,
  headersMs: 15_000,
  idleMs: 15_000,
  paceBytes: 64 * 1024,
  paceMs: 60_000,
  documentMs: 30_000,
  manifestBytes: 4 * 1024 * 1024,
  configBytes: 4 * 1024 * 1024,
  tokenBytes: 256 * 1024,
  errorBytes: 64 * 1024,
  redirects: 5,
  retries: 2,
  retryPauseMs: 200,
  rateWaitMs: 0,
  commitMs: 300_000,
  smallBlobBytes: 128 * 1024,
  chunkBytes: 8 * 1024 * 1024,
  perHost: 8,
  inAll: 128,
  downMs: 30_000,
};

export type ClientOptions = {
  /** By `host[:port]` as it stands in references; `docker.io` for Docker Hub. */
  readonly hosts?: Readonly<Record<string, HostSettings>>;
  /** For calls that bring none of their own; default anonymous. */
  readonly credentials?: Keychain;
  /** Only the proxy variables are read: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, either case. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What names resolve to; default the system's own way. */
  readonly resolve?: LookupFunction;
  readonly limits?: Partial<Limits>;
  /** Shared with whoever else asks the same servers; default one of its own. */
  readonly rates?: RateGate;
  /** Milliseconds; for the expiry of tokens. */
  readonly now?: () => number;
};

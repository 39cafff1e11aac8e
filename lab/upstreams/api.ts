/**
 * What the lab's upstreams say over their control socket. Data only: the process (`main.ts`) and the client
 * (`client.ts`) both stand on these types.
 */

/**
 * How one host appears to the nodes and to the command.
 * - `up`: works.
 * - `nxdomain`, `servfail`: the DNS server says so for this name (the address itself stays alive).
 * - `refuse`: connection refused.
 * - `hang`: no answer to the first packet, so a connect timeout.
 * - `hang-http`: TCP and TLS work, no reply ever comes.
 * - `reset`: RST right after the connection is accepted.
 * - `tls-expired`, `tls-wrong-name`: a certificate of the lab's CA that is expired, or for another name.
 */
export const HOST_STATES = [
  'up',
  'nxdomain',
  'servfail',
  'refuse',
  'hang',
  'hang-http',
  'reset',
  'tls-expired',
  'tls-wrong-name',
] as const;
export type HostState = (typeof HOST_STATES)[number];

/** One name of the outside world. `docker.io` is accepted wherever a host is asked for and means `registry-1.docker.io`. */
export type HostInfo = {
  readonly host: string;
  readonly address: string;
  /** Port of the TLS listener, 443 in the lab. */
  readonly port: number;
  readonly state: HostState;
};

/** An image to make and to place in registries. The same `seed` and options always give the same digests. */
export type ImageRequest = {
  /** Full reference with tag: `docker.io/library/web:1.0`, `harbor.lab/library/web:1.0`, `mirror2.lab/quay.io/acme/web:1.0`. */
  readonly name: string;
  /** More references that get the same bytes. */
  readonly at?: readonly string[];
  /** Default `['linux/amd64', 'linux/arm64']`. */
  readonly platforms?: readonly string[];
  /** How many layers of random bytes, default 2 (none more are needed for a runnable one). */
  readonly layers?: number;
  /** Size of each random layer before compression, default 2048 bytes. */
  readonly layerBytes?: number;
  /** Adds a busybox layer, so that the image runs on linux/amd64: `sh`, `sleep`, `true`, `httpd` and others. Default true. */
  readonly runnable?: boolean;
  /** Command of the image, default `['sleep', '3600']` (ends at once on SIGTERM). */
  readonly cmd?: readonly string[];
  /** `oci` (default) or `docker` (manifest list and schema 2). */
  readonly format?: 'oci' | 'docker';
  /** `false`: a plain manifest of the first platform instead of an index. Default true. */
  readonly multiArch?: boolean;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Default: repository and tag of `name` without its host, so one name has one content everywhere. */
  readonly seed?: string;
};

/** Digests of an image that was made. */
export type ImageDigests = {
  /** Digest that the tag points to: of the index, or of the manifest when `multiArch` is false. */
  readonly index: string;
  /** Digest of each platform's manifest, by `os/arch[/variant]`. */
  readonly perPlatform: Readonly<Record<string, string>>;
};

/** What goes wrong for one repository; see `FaultRequest`. */
export type FaultKind =
  /** An error status with an OCI error body; 429 has Docker Hub's `toomanyrequests` text. */
  | {
      readonly kind: 'status';
      readonly status: 401 | 403 | 404 | 429 | 500 | 502 | 503;
      readonly retryAfterSeconds?: number;
    }
  /**
   * 429 once more than `requests` have come within a window of `windowSeconds`, until that window is over;
   * `Retry-After` tells how long that is. Without a window the limit lasts, and `retryAfterSeconds` is told (default 600).
   */
  | {
      readonly kind: 'rate-limit';
      readonly requests: number;
      readonly windowSeconds?: number;
      readonly retryAfterSeconds?: number;
    }
  /** 200 with a web page. */
  | { readonly kind: 'html' }
  /** Late or thin answers. Give one or both. */
  | { readonly kind: 'slow'; readonly firstByteDelayMs?: number; readonly bytesPerSecond?: number }
  /** RST in the middle of a blob; `afterBytes` defaults to half of it. Blobs only. */
  | { readonly kind: 'reset-blob'; readonly afterBytes?: number }
  /** Blob bytes of the right length that do not hash to their digest. Blobs only. */
  | { readonly kind: 'wrong-blob' }
  /** Blobs are somewhere else, as with a CDN: the same path on the host `to`. Blobs only. */
  | { readonly kind: 'redirect-blobs'; readonly to: string }
  /** Manifest bytes that do not hash to the digest that was asked for or told in the header. Manifests only. */
  | { readonly kind: 'wrong-digest' }
  /** The index is served without this platform (and so has another digest); its manifest is 404. Manifests only. */
  | { readonly kind: 'without-platform'; readonly platform: string }
  /** The repository is private: the host's own challenge, and these credentials (default robot / secret). */
  | { readonly kind: 'require-auth'; readonly username?: string; readonly password?: string }
  /** The repository is 404 for everybody, harbor.lab's own pull-through included. */
  | { readonly kind: 'gone-for-all' };

/** A fault for the requests of one host and one repository. */
export type FaultRequest = FaultKind & {
  readonly host: string;
  /** Path below `/v2/`; matches this repository and those below it, whole parts only. `''` matches all. */
  readonly repository: string;
  /** Only these requests; default manifests and blobs. `token` are requests to the token service for this repository. */
  readonly only?: 'manifests' | 'blobs' | 'token';
  /** Only the first so many requests that match; then the fault is spent. Default without end. */
  readonly first?: number;
};

/** A fault as it stands, with the number of requests it has hit. */
export type Fault = FaultRequest & { readonly id: string; readonly hits: number };

/** One HTTP request that arrived. Requests of harbor.lab's pull-through to Docker Hub have the host `backdoor.harbor.lab`. */
export type RequestRecord = {
  readonly seq: number;
  /** ISO 8601. */
  readonly time: string;
  readonly host: string;
  readonly client: string;
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  /** Repository that the path or the token scope names, `''` when none. */
  readonly repository: string;
  /** 0 when no status was sent (reset, hang, client gone). */
  readonly status: number;
  /** containerd's `ns` query parameter, `''` when absent. */
  readonly ns: string;
};

export type RequestFilter = {
  readonly host?: string;
  /** As in `FaultRequest`: this repository and those below it. */
  readonly repository?: string;
  /** Only records with a greater `seq`. */
  readonly since?: number;
};

export type RequestLog = {
  readonly requests: readonly RequestRecord[];
  /** Highest `seq` given out so far: hand it back as `since`. */
  readonly last: number;
  /** True when records after `since` have already left the ring. */
  readonly truncated: boolean;
};

export type Health = { readonly ok: true; readonly hosts: number; readonly dns: string };

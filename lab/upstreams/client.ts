import { request } from 'node:http';
import type {
  Fault,
  FaultRequest,
  Health,
  HostInfo,
  HostState,
  ImageDigests,
  ImageRequest,
  RequestFilter,
  RequestLog,
} from './api.ts';

export { HOST_STATES } from './api.ts';
export type {
  Fault,
  FaultKind,
  FaultRequest,
  Health,
  HostInfo,
  HostState,
  ImageDigests,
  ImageRequest,
  RequestFilter,
  RequestLog,
  RequestRecord,
} from './api.ts';

/** The outside world of the lab, as one that stages scenarios sees it. Every call throws when the process answers an error. */
export type UpstreamsClient = {
  health(): Promise<Health>;
  hosts(): Promise<readonly HostInfo[]>;
  /** Resolves when the new state is in force; open connections to the host are cut. */
  setHost(host: string, state: HostState): Promise<HostInfo>;
  makeImage(image: ImageRequest): Promise<ImageDigests>;
  /** Removes the tags whose full reference starts with `prefix`; answers how many. */
  deleteImages(prefix: string): Promise<number>;
  faults(): Promise<readonly Fault[]>;
  /** Answers the id to hand to `removeFault`. */
  addFault(fault: FaultRequest): Promise<string>;
  removeFault(id: string): Promise<void>;
  requests(filter?: RequestFilter): Promise<RequestLog>;
  /** All hosts up, no faults, no images, an empty log. */
  reset(): Promise<void>;
};

/** A control call never waits for the network; longer than this means the process is stuck. */
const CALL_TIMEOUT_MS = 30_000;

/** Talks to `lab/upstreams/main.ts` over its control socket (`DIR/control.sock`). */
export function connectUpstreams(socketPath: string): UpstreamsClient {
  const call = (method: string, path: string, body?: unknown) => callControl(socketPath, method, path, body);
  return {
    health: async () => (await call('GET', '/healthz')) as Health,
    hosts: async () => ((await call('GET', '/hosts')) as { hosts: HostInfo[] }).hosts,
    setHost: async (host, state) =>
      (await call('PUT', `/hosts/${encodeURIComponent(host)}`, { state })) as HostInfo,
    makeImage: async (image) => (await call('POST', '/images', image)) as ImageDigests,
    deleteImages: async (prefix) =>
      ((await call('DELETE', `/images?${toQuery({ prefix })}`)) as { deleted: number }).deleted,
    faults: async () => ((await call('GET', '/faults')) as { faults: Fault[] }).faults,
    addFault: async (fault) => ((await call('POST', '/faults', fault)) as { id: string }).id,
    removeFault: async (id) => void (await call('DELETE', `/faults/${encodeURIComponent(id)}`)),
    requests: async (filter = {}) => (await call('GET', `/requests?${toQuery(filter)}`)) as RequestLog,
    reset: async () => void (await call('POST', '/reset')),
  };
}

function toQuery(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

/** The replies come from our own process, so they are trusted to have the shape of `api.ts`. */
function callControl(socketPath: string, method: string, path: string, body: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const outgoing = request({ socketPath, method, path, timeout: CALL_TIMEOUT_MS }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('error', reject);
      reply.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const status = reply.statusCode ?? 0;
        if (status >= 300) return reject(new Error(`upstreams: ${method} ${path}: ${status} ${text}`));
        resolve(text === '' ? undefined : JSON.parse(text));
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`upstreams: ${method} ${path}: no answer`)));
    outgoing.on('error', reject);
    if (payload !== undefined) outgoing.setHeader('content-type', 'application/json');
    outgoing.end(payload);
  });
}

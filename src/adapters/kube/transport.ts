import { createGunzip } from 'node:zlib';
import { request, WebSocket, type Dispatcher } from 'undici';
import { PullmendError, untilStopped } from '../../core/base/index.ts';
import type { Json } from '../../core/model/index.ts';
import { takeCredentials, type Credentials } from './credentials.ts';
import { errorFromReply, errorFromTransport, isReset, type Asked, type Server } from './failure.ts';
import type { LoadedKubeconfig } from './kubeconfig.ts';
import { linesOf } from './lines.ts';
import { backoffMs, pause } from './patience.ts';

export type Call = Asked & {
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: Json;
  /** Of the body; default `application/json`. */
  readonly contentType?: string;
  /** Default `application/json`. */
  readonly accept?: string;
  readonly signal?: AbortSignal;
  /** The reply is a log, not JSON. */
  readonly isText?: boolean;
  /** Sending it twice does no more than sending it once: a dry run. Reads always are. */
  readonly isIdempotent?: boolean;
};

/** A reply that never ends by itself: a watch. */
export type StreamCall = Call & {
  /** Ended when nothing has come for so long. */
  readonly idleMs: number;
};

/** Sends one call and gives the JSON of the reply. Errors: see `Kube`. */
export type Transport = {
  send(call: Call): Promise<Json>;
  /**
   * Sends one call and gives the lines of its reply as they come; nothing is sent again. Errors: RefusedStream for
   * a reply that is no success, those of the transport as of `send`.
   */
  stream(call: StreamCall): AsyncGenerator<string>;
  /** Opens a WebSocket; `query` may hold a name several times. */
  openSocket(path: string, query: URLSearchParams, protocol: string): WebSocket;
  close(): Promise<void>;
};

/** A stream that the server did not open. */
export class RefusedStream extends Error {
  readonly error: PullmendError;
  /** When it wants to be asked again. */
  readonly retryAfterSeconds: number;

  constructor(error: PullmendError, retryAfterSeconds: number) {
    super(error.message, { cause: error });
    this.error = error;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export type TransportOptions = {
  readonly requestTimeoutSeconds: number;
  /** Impersonation and the like, sent with every request. */
  readonly headers: readonly (readonly [string, string])[];
  /** Ends the wait for the first credentials. */
  readonly signal?: AbortSignal;
};

/** 500 pods of a page with much in their status come to some 25 MB; objects are at most 1.5 MB (etcd). */
const maxReplyBytes = 128 * 1024 * 1024;

/** Sends again after a 429 or 503 (as the server asks) or a cut connection. */
const maxRetries = 5;

/** The server's Retry-After is believed up to this. */
const maxRetryWaitSeconds = 30;

/** All waiting for one request: an API server that restarts is back after 20 s. */
const maxWaitedSeconds = 60;

type Target = Pick<TransportOptions, 'headers'> & { readonly server: string };

type Reply = {
  readonly status: number;
  readonly hasRetryAfter: boolean;
  /** Seconds. */
  readonly retryAfter: number;
  readonly body: Json | string;
};

export async function openTransport(loaded: LoadedKubeconfig, options: TransportOptions): Promise<Transport> {
  const at: Server = { server: loaded.server, context: loaded.context, file: loaded.file };
  const target: Target = { server: loaded.server, headers: options.headers };
  let credentials = await takeCredentials(loaded, { signal: options.signal });
  const spent: Dispatcher[] = [];

  async function renew(): Promise<void> {
    spent.push(credentials.dispatcher);
    credentials = await takeCredentials(loaded);
  }

  async function send(call: Call): Promise<Json> {
    let renewed = false;
    let waited = 0;
    for (let retries = 0; ;) {
      const reply = await attempt(call, retries < maxRetries);
      const wait = reply === 'reset' ? backoffMs(retries + 1) / 1000 : reply.retryAfter;
      const mayWait = retries < maxRetries && waited + wait <= maxWaitedSeconds;
      if (reply === 'reset' || (asksToWait(reply, call) && mayWait)) {
        retries += 1;
        waited += wait;
        await pause(wait * 1000, call.signal);
      } else if (reply.status === 401 && !renewed) {
        // A token of a plugin or of the pod's account may have run out while a long command worked.
        renewed = true;
        await renew();
      } else if (
        reply.status >= 200 &&
        reply.status < 300 &&
        (typeof reply.body !== 'string' || call.isText === true)
      ) {
        return reply.body;
      } else {
        throw errorFromReply(reply.status, reply.body, call, at);
      }
    }
  }

  async function* stream(call: StreamCall): AsyncGenerator<string> {
    try {
      let response = await ask(target, call, credentials, call.signal, call.idleMs);
      if (response.statusCode === 401) {
        await response.body.dump();
        await renew();
        response = await ask(target, call, credentials, call.signal, call.idleMs);
      }
      if (response.statusCode !== 200) {
        const error = errorFromReply(response.statusCode, parse(await readText(response, call)), call, at);
        throw new RefusedStream(error, retryAfter(response.headers['retry-after']));
      }
      yield* linesOf(response.body);
    } catch (error) {
      if (error instanceof PullmendError || error instanceof RefusedStream) throw error;
      if (call.signal?.aborted === true) throw call.signal.reason;
      throw errorFromTransport(error, call, at);
    }
  }

  async function attempt(call: Call, mayRetry: boolean): Promise<Reply | 'reset'> {
    const timeout = AbortSignal.timeout(options.requestTimeoutSeconds * 1000);
    try {
      return await exchange(target, call, credentials, timeout);
    } catch (error) {
      if (error instanceof PullmendError) throw error;
      if (call.signal?.aborted === true) throw call.signal.reason;
      if (call.method === 'GET' && mayRetry && isReset(error)) return 'reset';
      throw errorFromTransport(error, call, at);
    }
  }

  return {
    send,
    stream,
    openSocket: (...call) => openSocket(loaded.server, credentials, options, ...call),
    close: async () => {
      await Promise.all([...spent, credentials.dispatcher].map((dispatcher) => dispatcher.close()));
    },
  };
}

async function exchange(
  target: Target,
  call: Call,
  credentials: Credentials,
  timeout: AbortSignal,
): Promise<Reply> {
  const signal = call.signal === undefined ? timeout : AbortSignal.any([call.signal, timeout]);
  const response = await ask(target, call, credentials, signal);
  const text = await readText(response, call);
  return {
    status: response.statusCode,
    hasRetryAfter: response.headers['retry-after'] !== undefined,
    retryAfter: retryAfter(response.headers['retry-after']),
    body: call.isText === true && response.statusCode < 300 ? text : parse(text),
  };
}

async function ask(
  { server, headers: more }: Target,
  call: Call,
  { headers, dispatcher }: Credentials,
  signal: AbortSignal | undefined,
  idleMs?: number,
): Promise<Dispatcher.ResponseData> {
  const sent = request(urlOf(server, call), {
    method: call.method,
    dispatcher,
    ...(signal === undefined ? {} : { signal }),
    ...(idleMs === undefined ? {} : { headersTimeout: idleMs, bodyTimeout: idleMs }),
    headers: Object.entries({
      accept: call.accept ?? 'application/json',
      ...(idleMs === undefined ? { 'accept-encoding': 'gzip' } : {}),
      'user-agent': 'pullmend',
      ...headers,
      ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
    })
      .concat(more.map(([name, value]) => [name, value]))
      .flat(),
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  });
  return await untilStopped(sent, signal, ({ body }) => body.on('error', () => undefined).destroy());
}

/**
 * The server asks to come again later, and the request did nothing: 429 comes before any work (priority and
 * fairness), 503 also in the middle of it. An eviction's 429 speaks of a disruption budget, not of load.
 */
function asksToWait({ status, hasRetryAfter }: Reply, call: Call): boolean {
  if (status === 429) return !call.path.endsWith('/eviction');
  const isIdempotent = call.method === 'GET' || call.isIdempotent === true;
  return isIdempotent && hasRetryAfter && [500, 503, 504].includes(status);
}

function openSocket(
  server: string,
  { headers, dispatcher }: Credentials,
  options: TransportOptions,
  path: string,
  query: URLSearchParams,
  protocol: string,
): WebSocket {
  const address = urlOf(server, { path }).replace(/^http/, 'ws');
  return new WebSocket(`${address}?${query.toString()}`, {
    protocols: [protocol],
    dispatcher,
    headers: { ...headers, ...Object.fromEntries(options.headers), 'user-agent': 'pullmend' },
  });
}

function urlOf(server: string, { path, query = {} }: Pick<Call, 'path' | 'query'>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, value);
  const search = parameters.toString();
  return `${server.replace(/\/+$/, '')}${path}${search === '' ? '' : `?${search}`}`;
}

async function readText(response: Dispatcher.ResponseData, call: Call): Promise<string> {
  const { body, headers, statusCode } = response;
  const chunks: Buffer[] = [];
  let size = 0;
  const plain = headers['content-encoding'] === 'gzip' ? body.pipe(createGunzip()) : body;
  body.on('error', (error) => plain.destroy(error));
  for await (const chunk of plain as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxReplyBytes) {
      body.destroy();
      const message = `the reply is larger than ${maxReplyBytes / 1024 / 1024} MiB`;
      throw new PullmendError('PM_API_ERROR', {
        request: `${call.method} ${call.path}`,
        status: statusCode,
        message,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The text itself when it is not JSON. */
function parse(text: string): Json | string {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Seconds; Kubernetes never sends the date form. */
function retryAfter(header: string | string[] | undefined): number {
  const seconds = Number(Array.isArray(header) ? header[0] : header);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, maxRetryWaitSeconds) : 1;
}

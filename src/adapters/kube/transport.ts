import { setTimeout as sleep } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { request, WebSocket, type Dispatcher } from 'undici';
import { PullmendError } from '../../core/base/index.ts';
import type { Json } from '../../core/model/index.ts';
import { takeCredentials, type Credentials } from './credentials.ts';
import { errorFromReply, errorFromTransport, isReset, type Asked, type Server } from './failure.ts';
import type { LoadedKubeconfig } from './kubeconfig.ts';

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
};

/** Sends one call and gives the JSON of the reply. Errors: see `Kube`. */
export type Transport = {
  send(call: Call): Promise<Json>;
  /** Opens a WebSocket; `query` may hold a name several times. */
  openSocket(path: string, query: URLSearchParams, protocol: string): WebSocket;
  close(): Promise<void>;
};

export type TransportOptions = {
  readonly requestTimeoutSeconds: number;
  /** Impersonation and the like, sent with every request. */
  readonly headers: readonly (readonly [string, string])[];
};

/** 500 pods of a page with much in their status come to some 25 MB; objects are at most 1.5 MB (etcd). */
const maxReplyBytes = 128 * 1024 * 1024;

/** Sends again after a 429 (as the server asks) or a cut connection. */
const maxRetries = 3;

/** The server's Retry-After is believed up to this. */
const maxRetryWaitSeconds = 30;

export async function openTransport(loaded: LoadedKubeconfig, options: TransportOptions): Promise<Transport> {
  const at: Server = { server: loaded.server, context: loaded.context, file: loaded.file };
  let credentials = await takeCredentials(loaded);
  const spent: Dispatcher[] = [];

  async function send(call: Call): Promise<Json> {
    let renewed = false;
    for (let retries = 0; ;) {
      const reply = await attempt(call, credentials, retries < maxRetries);
      if (reply === 'reset') {
        retries += 1;
      } else if (reply.status === 429 && retries < maxRetries) {
        retries += 1;
        await sleep(
          reply.retryAfter * 1000,
          undefined,
          call.signal === undefined ? {} : { signal: call.signal },
        );
      } else if (reply.status === 401 && !renewed) {
        // A token of a plugin or of the pod's account may have run out while a long command worked.
        renewed = true;
        spent.push(credentials.dispatcher);
        credentials = await takeCredentials(loaded);
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

  async function attempt(call: Call, { headers, dispatcher }: Credentials, mayRetry: boolean) {
    const timeout = AbortSignal.timeout(options.requestTimeoutSeconds * 1000);
    try {
      return await exchange(call, headers, dispatcher, timeout);
    } catch (error) {
      if (error instanceof PullmendError) throw error;
      if (call.signal?.aborted === true) throw call.signal.reason;
      if (call.method === 'GET' && mayRetry && isReset(error)) return 'reset';
      throw errorFromTransport(error, call, at);
    }
  }

  async function exchange(
    call: Call,
    headers: Credentials['headers'],
    dispatcher: Dispatcher,
    timeout: AbortSignal,
  ) {
    const response = await request(urlOf(loaded.server, call), {
      method: call.method,
      dispatcher,
      signal: call.signal === undefined ? timeout : AbortSignal.any([call.signal, timeout]),
      headers: Object.entries({
        accept: call.accept ?? 'application/json',
        'accept-encoding': 'gzip',
        'user-agent': 'pullmend',
        ...headers,
        ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
      })
        .concat(options.headers.map(([name, value]) => [name, value]))
        .flat(),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    const text = await readText(response, call);
    return {
      status: response.statusCode,
      retryAfter: retryAfter(response.headers['retry-after']),
      body: call.isText === true && response.statusCode < 300 ? text : parse(text),
    };
  }

  return {
    send,
    openSocket: (...call) => openSocket(loaded.server, credentials, options, ...call),
    close: async () => {
      await Promise.all([...spent, credentials.dispatcher].map((dispatcher) => dispatcher.close()));
    },
  };
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

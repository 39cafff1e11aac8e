import { finished } from 'node:stream/promises';
import { Readable } from 'node:stream';
import pLimit, { type LimitFunction } from 'p-limit';
import { request as undiciRequest } from 'undici';
import { PullmendError, untilStopped } from '../../../core/base/index.ts';
import { outcomeError } from '../../../core/knowledge/mirrors/index.ts';
import type { Limits } from '../options.ts';
import type { Connections } from './connections.ts';
import type { Reach } from './guard.ts';
import { errorCode, networkError, type Asked } from './network-error.ts';
import { safeUrl } from './redact.ts';

export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type HttpRequest = {
  readonly url: URL;
  readonly method?: HttpMethod;
  readonly headers: Readonly<Record<string, string>>;
  /** Whoever sends a stream watches over its pace: no time is set for the reply. */
  readonly body?: string | Uint8Array | Readable;
  readonly reach: Reach;
  /** Registry that the request is for, for messages. */
  readonly who: string;
  readonly signal?: AbortSignal | undefined;
};

/** The head of a reply. Its body must be read or discarded, or the place in the host's queue stays taken. */
export type HttpReply = {
  readonly url: URL;
  readonly status: number;
  /** Values of a header in the order in which they came. */
  readonly header: (name: string) => readonly string[];
  readonly body: Readable;
  readonly asked: Asked;
  readonly limits: Limits;
};

/** Sends single requests: no redirects, no credentials of its own, few at a time for each host. */
export class Sender {
  readonly #connections: Connections;
  readonly #limits: Limits;
  readonly #queues = new Map<string, LimitFunction>();
  readonly #inAll: LimitFunction;
  /** Hosts whose replies could not be parsed: some send a body after HEAD, and what follows is misread. */
  readonly #confusing = new Set<string>();

  constructor(connections: Connections, limits: Limits) {
    this.#connections = connections;
    this.#limits = limits;
    this.#inAll = pLimit(limits.inAll);
  }

  /** Throws PM_REGISTRY_UNREACHABLE and PM_TLS_UNTRUSTED; the reason of the caller's signal as it is. */
  send(request: HttpRequest): Promise<HttpReply> {
    const queue = this.#queue(request.url.host);
    const { promise, resolve, reject } = Promise.withResolvers<HttpReply>();
    const exchange = async (): Promise<void> => {
      const reply = await this.#exchange(request);
      resolve(reply);
      await finished(reply.body, { writable: false }).catch(() => undefined);
    };
    queue(() => this.#inAll(exchange)).catch(reject);
    return promise;
  }

  #queue(host: string): LimitFunction {
    const queue = this.#queues.get(host) ?? pLimit(this.#limits.perHost);
    this.#queues.set(host, queue);
    return queue;
  }

  async #exchange({
    url,
    method = 'GET',
    headers,
    body,
    reach,
    who,
    signal,
  }: HttpRequest): Promise<HttpReply> {
    const asked: Asked = { who, request: `${method} ${safeUrl(url)}` };
    const head = new AbortController();
    const time = this.#timeForHead(body);
    const timer = time === undefined ? undefined : setTimeout(() => head.abort(new SilentError()), time);
    try {
      signal?.throwIfAborted();
      const stop = signal === undefined ? head.signal : AbortSignal.any([signal, head.signal]);
      const sent = undiciRequest(url, {
        method,
        // Compressed on the way, the bytes would not match their digest.
        headers: { 'user-agent': 'pullmend', 'accept-encoding': 'identity', ...headers },
        dispatcher: await this.#connections.dispatcher(url, reach),
        headersTimeout: body instanceof Readable ? 0 : this.#limits.headersMs,
        bodyTimeout: this.#limits.idleMs,
        // undici closes a connection after each HEAD, for the sake of hosts that send a body with the reply.
        ...(method === 'HEAD' && { reset: this.#confusing.has(url.host) }),
        ...(body !== undefined && { body }),
        signal: stop,
      });
      const reply = await untilStopped(sent, stop, ({ body: unread }) =>
        unread.on('error', () => undefined).destroy(),
      );
      const header = (name: string) => [reply.headers[name] ?? []].flat();
      return { url, status: reply.statusCode, header, body: reply.body, asked, limits: this.#limits };
    } catch (error) {
      if (errorCode(error)?.startsWith('HPE_') === true) this.#confusing.add(url.host);
      throw failureOf(error, asked, signal);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * All that may pass until the head of a reply is there, however it trickles and whatever comes before it: interim
   * replies (1xx) begin the waiting anew for undici. Undefined for a stream, which has a watch of its own.
   */
  #timeForHead(body: HttpRequest['body']): number | undefined {
    if (body instanceof Readable) return undefined;
    const { connectMs, headersMs, documentMs } = this.#limits;
    return connectMs + headersMs + (body === undefined ? 0 : documentMs);
  }
}

class SilentError extends Error {
  readonly code = 'UND_ERR_HEADERS_TIMEOUT';
}

/** What to throw for a request or body that failed; a stop that the caller wanted stays what it is. */
export function failureOf(error: unknown, asked: Asked, signal: AbortSignal | undefined): unknown {
  if (error instanceof PullmendError) return error;
  if (signal?.aborted !== true) return networkError(error, asked);
  const reason: unknown = signal.reason;
  if (!(reason instanceof Error && reason.name === 'TimeoutError')) return reason;
  return outcomeError('unreachable', {
    who: asked.who,
    detail: `${asked.request} → no complete reply in time`,
    cause: reason,
  });
}

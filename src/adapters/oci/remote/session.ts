import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { isError } from '../../../core/base/index.ts';
import type { Reference } from '../../../core/image/index.ts';
import { outcomeError, outcomeOf } from '../../../core/knowledge/mirrors/index.ts';
import { Authorizer, type Access } from '../auth/authorizer.ts';
import { TokenService } from '../auth/token.ts';
import { anonymous, type Keychain } from '../credentials/keychain.ts';
import { discard } from '../http/body.ts';
import { Budget } from '../http/budget.ts';
import { Connections } from '../http/connections.ts';
import type { Reach } from '../http/guard.ts';
import { FinalFailure, isReset } from '../http/network-error.ts';
import { safeText, safeUrl } from '../http/redact.ts';
import { RateGate } from '../http/rate-gate.ts';
import { replyError } from '../http/reply-error.ts';
import { Sender, type HttpMethod, type HttpReply, type HttpRequest } from '../http/send.ts';
import { defaultLimits, type ClientOptions, type Limits } from '../options.ts';

/** What every call to a registry can bring. */
export type CallOptions = {
  readonly credentials?: Keychain | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** A request to a repository. */
export type RegistryRequest = CallOptions & {
  readonly reference: Pick<Reference, 'registry' | 'repository'>;
  /** Below `/v2/<repository>/`, e.g. `manifests/1.25`; or an address that the registry gave for an upload. */
  readonly path: string | URL;
  /** Default GET. */
  readonly method?: HttpMethod;
  readonly headers?: Readonly<Record<string, string>>;
  /** A function is called for each try. */
  readonly body?: Uint8Array | (() => Readable);
  /** Statuses that are no error; default 200. */
  readonly expect?: readonly number[];
  /** What a token must allow; default `pull`. ghcr.io refuses to give more to readers. */
  readonly actions?: string;
  /** Repository of the same registry that a blob is mounted from: the token must allow to read it. */
  readonly mountFrom?: string | undefined;
};

const redirectStatuses: readonly number[] = [301, 302, 303, 307, 308];
/** After the others a write would be sent again as a GET (RFC 9110 §15.4). */
const redirectsOfWrites: readonly number[] = [307, 308];

/** Times that one request waits for a rate: each lets others through, too. */
const maxRateWaits = 8;

/** Talks to registries: follows redirects, answers challenges, tries again after passing failures. */
export class Session {
  readonly limits: Limits;
  readonly budget: Budget;
  /** Hosts where a mount must name the repository that has the blob. */
  readonly refusesAnonymousMount = new Set<string>();
  readonly #keychain: Keychain;
  readonly #connections: Connections;
  readonly #sender: Sender;
  readonly #authorizer: Authorizer;
  readonly #rates: RateGate;
  readonly #turns = new Map<string, Promise<void>>();

  constructor(options: ClientOptions) {
    this.limits = { ...defaultLimits, ...options.limits };
    this.#keychain = options.credentials ?? anonymous;
    this.#connections = new Connections(options, this.limits);
    this.#sender = new Sender(this.#connections, this.limits);
    const tokens = new TokenService(this.#connections, this.#sender, this.limits);
    const now = options.now ?? Date.now;
    this.#authorizer = new Authorizer((request) => tokens.fetch(request), now);
    this.budget = new Budget(now);
    this.#rates = options.rates ?? new RateGate(now);
  }

  /** A reply with a status that was expected; anything else is thrown as PM_REGISTRY_*. One try. */
  async send(request: RegistryRequest): Promise<HttpReply> {
    const { path, reference, expect = [200] } = request;
    const { registry } = reference;
    const home = this.#connections.origin(registry);
    const left = this.#rates.secondsLeft(home.origin);
    if (left > 0) throw leftAlone(registry, left);
    const url = typeof path === 'string' ? new URL(`/v2/${reference.repository}/${path}`, home) : path;
    const reply = await this.#follow(home, url, request);
    this.budget.learn(reply);
    if (expect.includes(reply.status)) {
      this.#rates.open(home.origin);
      return reply;
    }
    const error = await replyError(reply, this.limits.errorBytes);
    this.#rates.learn(home.origin, error);
    throw error;
  }

  /** A single request to another API on the host of a registry, whatever the answer. */
  async sendPlain(
    registry: string,
    {
      path,
      headers = {},
      ...request
    }: Omit<HttpRequest, 'url' | 'who' | 'reach' | 'headers'> & {
      readonly path: `/${string}`;
      readonly headers?: Readonly<Record<string, string>>;
    },
  ): Promise<HttpReply> {
    const url = new URL(path, this.#connections.origin(registry));
    return await this.#sender.send({ ...request, url, headers, reach: 'any', who: registry });
  }

  /** As `send`, for replies whose body tells nothing: it is read away. */
  async sendAndDiscard(request: RegistryRequest): Promise<HttpReply> {
    const reply = await this.send(request);
    await discard(reply, this.limits.errorBytes);
    return reply;
  }

  /** Tries again, a little later, after a reset connection or a 5xx; after a 429 when the limits allow to wait. */
  async retry<T>(attempt: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        const most = isError(error, 'PM_REGISTRY_RATE_LIMITED') ? maxRateWaits : this.limits.retries;
        const wait = tries < most ? this.#pauseAfter(error, tries) : undefined;
        if (wait === undefined) throw error;
        await pause(wait, undefined, signal && { signal });
      }
    }
  }

  /** Milliseconds to wait before the next try; `undefined` for an error that another try would not change. */
  #pauseAfter(error: unknown, tries: number): number | undefined {
    const usual = this.limits.retryPauseMs * 2 ** tries;
    if (isPassing(error)) return usual;
    if (!isError(error, 'PM_REGISTRY_RATE_LIMITED')) return undefined;
    const told = Math.max(usual, (error.params.retryAfter ?? 1) * 1000);
    return told <= this.limits.rateWaitMs ? told : undefined;
  }

  /** Works with the same key run one after another. */
  async inTurn(key: string, work: () => Promise<void>): Promise<void> {
    const turn = (this.#turns.get(key) ?? Promise.resolve()).then(work);
    const settled = turn.catch(() => undefined);
    this.#turns.set(key, settled);
    await turn;
    if (this.#turns.get(key) === settled) this.#turns.delete(key);
  }

  /** The address of a registry's API. */
  origin(registry: string): URL {
    return this.#connections.origin(registry);
  }

  close(): Promise<void> {
    return this.#connections.close();
  }

  async #follow(home: URL, start: URL, request: RegistryRequest): Promise<HttpReply> {
    let url = start;
    const { method = 'GET' } = request;
    const redirects = method === 'GET' || method === 'HEAD' ? redirectStatuses : redirectsOfWrites;
    for (let hop = 0; hop <= this.limits.redirects; hop++) {
      const reply =
        url.origin === home.origin
          ? await this.#authorized(url, request)
          : await this.#sendBare(url, request, this.#connections.reachFrom(home));
      if (!redirects.includes(reply.status)) return reply;
      await discard(reply, this.limits.errorBytes);
      url = locationOf(reply);
    }
    const { registry: who } = request.reference;
    const detail = `${method} ${safeUrl(start)} → too many redirects`;
    throw outcomeError('server-error', { who, detail, cause: new FinalFailure(detail) });
  }

  /** On the registry itself: with its token or password. */
  async #authorized(url: URL, request: RegistryRequest): Promise<HttpReply> {
    const access = this.#accessTo(url, request);
    const ahead = await this.#authorizer.ahead(access);
    const reply = await this.#sendBare(url, request, 'any', ahead?.value);
    if (reply.status !== 401) return reply;
    const better = await this.#authorizer.afterRefusal(access, reply.header('www-authenticate'), ahead);
    if (better === undefined) return reply;
    await discard(reply, this.limits.errorBytes);
    return this.#sendBare(url, request, 'any', better.value);
  }

  #sendBare(url: URL, request: RegistryRequest, reach: Reach, authorization?: string): Promise<HttpReply> {
    const { method, headers, body } = request;
    return this.#sender.send({
      url,
      ...(method !== undefined && { method }),
      headers: { accept: '*/*', ...headers, ...(authorization !== undefined && { authorization }) },
      ...(body !== undefined && { body: typeof body === 'function' ? body() : body }),
      reach,
      who: request.reference.registry,
      signal: request.signal,
    });
  }

  #accessTo(url: URL, request: RegistryRequest): Access {
    const { reference, credentials = this.#keychain, actions = 'pull', mountFrom, signal } = request;
    // A registry may redirect to another repository of its own (Harbor does for a missing library/).
    const [, repository = reference.repository] =
      /^\/v2\/(.+)\/(?:manifests|blobs)\/[^/]+$/.exec(url.pathname) ?? [];
    return {
      registry: url,
      who: reference.registry,
      scopes: [
        `repository:${repository}:${actions}`,
        ...(mountFrom === undefined ? [] : [`repository:${mountFrom}:pull`]),
      ],
      credentials: () => credentialsOf(credentials, reference.registry, repository),
      signal,
    };
  }
}

/** Credentials that cannot be had are a failure of this registry alone: the run may go on with others. */
async function credentialsOf(keychain: Keychain, who: string, repository: string) {
  try {
    return await keychain.find(who, repository);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw outcomeError('unauthorized', {
      who,
      detail: `credentials for ${who} → ${safeText(reason)}`,
      cause: error,
    });
  }
}

function isPassing(error: unknown): boolean {
  const isFinal = error instanceof Error && error.cause instanceof FinalFailure;
  return (outcomeOf(error) === 'server-error' && !isFinal) || isReset(error);
}

/** Where a reply sends the client. A user in it is dropped; from https it must stay on https. */
export function locationOf(reply: HttpReply): URL {
  const { url: from, asked } = reply;
  const { who, request } = asked;
  const fail = (why: string) => {
    const detail = `${request} → ${reply.status} ${why}`;
    return outcomeError('server-error', { who, detail, cause: new FinalFailure(why) });
  };
  const [location = ''] = reply.header('location');
  if (location === '' || !URL.canParse(location, from.href)) throw fail('without a place to go');
  const url = new URL(location, from);
  if (url.protocol !== 'https:' && url.protocol !== from.protocol)
    throw fail(`to ${url.protocol}//, refused`);
  url.username = '';
  url.password = '';
  url.hash = '';
  return url;
}

/** The same answer as the registry's own, without asking it. */
function leftAlone(registry: string, seconds: number) {
  const detail = `${registry} → 429 before, left alone for another ${seconds} s`;
  return outcomeError('rate-limited', { who: registry, detail, retryAfter: seconds });
}

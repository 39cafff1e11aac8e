import { setTimeout as pause } from 'node:timers/promises';
import type { Reference } from '../../../core/image/index.ts';
import { outcomeError, outcomeOf } from '../../../core/knowledge/mirrors/index.ts';
import { Authorizer, type Access } from '../auth/authorizer.ts';
import { TokenService } from '../auth/token.ts';
import { anonymous, type Keychain } from '../credentials/keychain.ts';
import { discard } from '../http/body.ts';
import { Connections, type Reach } from '../http/connections.ts';
import { isReset } from '../http/network-error.ts';
import { safeText, safeUrl } from '../http/redact.ts';
import { replyError } from '../http/reply-error.ts';
import { Sender, type HttpReply } from '../http/send.ts';
import { defaultLimits, type ClientOptions, type Limits } from '../options.ts';

/** What every call to a registry can bring. */
export type CallOptions = {
  readonly credentials?: Keychain | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** A GET below `/v2/<repository>/`. */
export type RegistryGet = CallOptions & {
  readonly reference: Pick<Reference, 'registry' | 'repository'>;
  /** e.g. `manifests/1.25` */
  readonly path: string;
  readonly accept: string;
};

const redirectStatuses: readonly number[] = [301, 302, 303, 307, 308];

/** Talks to registries: follows redirects, answers challenges, tries again after passing failures. */
export class Session {
  readonly limits: Limits;
  readonly #keychain: Keychain;
  readonly #connections: Connections;
  readonly #sender: Sender;
  readonly #authorizer: Authorizer;

  constructor(options: ClientOptions) {
    this.limits = { ...defaultLimits, ...options.limits };
    this.#keychain = options.credentials ?? anonymous;
    this.#connections = new Connections(options, this.limits);
    this.#sender = new Sender(this.#connections, this.limits);
    const tokens = new TokenService(this.#connections, this.#sender, this.limits);
    this.#authorizer = new Authorizer((request) => tokens.fetch(request), options.now ?? Date.now);
  }

  /** A reply with status 200; anything else is thrown as PM_REGISTRY_*. One try. */
  async get(request: RegistryGet): Promise<HttpReply> {
    const { registry, repository } = request.reference;
    const origin = this.#connections.origin(registry);
    const reply = await this.#follow(new URL(`/v2/${repository}/${request.path}`, origin), request);
    if (reply.status === 200) return reply;
    throw await replyError(reply, this.limits.errorBytes);
  }

  /** Tries again, a little later, after a reset connection or a 5xx. */
  async retry<T>(attempt: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        if (tries >= this.limits.retries || !isPassing(error)) throw error;
        await pause(this.limits.retryPauseMs * 2 ** tries, undefined, signal && { signal });
      }
    }
  }

  close(): Promise<void> {
    return this.#connections.close();
  }

  async #follow(start: URL, request: RegistryGet): Promise<HttpReply> {
    let url = start;
    for (let hop = 0; hop <= this.limits.redirects; hop++) {
      const reply =
        url.origin === start.origin
          ? await this.#authorized(url, request)
          : await this.#sendBare(url, request, this.#connections.reachFrom(start));
      if (!redirectStatuses.includes(reply.status)) return reply;
      await discard(reply, this.limits.errorBytes);
      url = nextUrl(reply, url);
    }
    const { registry: who } = request.reference;
    throw outcomeError('server-error', { who, detail: `GET ${safeUrl(start)} → too many redirects` });
  }

  /** On the registry itself: with its token or password. */
  async #authorized(url: URL, request: RegistryGet): Promise<HttpReply> {
    const access = this.#accessTo(url, request);
    const ahead = await this.#authorizer.ahead(access);
    const reply = await this.#sendBare(url, request, 'any', ahead?.value);
    if (reply.status !== 401) return reply;
    const better = await this.#authorizer.afterRefusal(access, reply.header('www-authenticate'), ahead);
    if (better === undefined) return reply;
    await discard(reply, this.limits.errorBytes);
    return this.#sendBare(url, request, 'any', better.value);
  }

  #sendBare(url: URL, request: RegistryGet, reach: Reach, authorization?: string): Promise<HttpReply> {
    const headers = { accept: request.accept, ...(authorization !== undefined && { authorization }) };
    return this.#sender.send({
      url,
      headers,
      reach,
      who: request.reference.registry,
      signal: request.signal,
    });
  }

  #accessTo(url: URL, { reference, credentials = this.#keychain, signal }: RegistryGet): Access {
    // A registry may redirect to another repository of its own (Harbor does for a missing library/).
    const [, repository = reference.repository] =
      /^\/v2\/(.+)\/(?:manifests|blobs)\/[^/]+$/.exec(url.pathname) ?? [];
    return {
      registry: url,
      who: reference.registry,
      scope: `repository:${repository}:pull`,
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
  return outcomeOf(error) === 'server-error' || isReset(error);
}

/** Where a redirect leads. A user in it is dropped; from https it must stay on https. */
function nextUrl(reply: HttpReply, from: URL): URL {
  const { who, request } = reply.asked;
  const fail = (why: string) =>
    outcomeError('server-error', { who, detail: `${request} → ${reply.status} ${why}` });
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

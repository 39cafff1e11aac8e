import * as z from 'zod';
import { outcomeError } from '../../../core/knowledge/mirrors/index.ts';
import type { Credentials } from '../credentials/keychain.ts';
import { readBody } from '../http/body.ts';
import type { Connections } from '../http/connections.ts';
import { refusalOf, type Reach } from '../http/guard.ts';
import { safeUrl } from '../http/redact.ts';
import { replyError } from '../http/reply-error.ts';
import type { HttpReply, Sender } from '../http/send.ts';
import type { Limits } from '../options.ts';

export type TokenRequest = {
  readonly realm: string;
  readonly service: string | undefined;
  readonly scopes: readonly string[];
  readonly credentials: Credentials | undefined;
  /** The registry that named the realm. */
  readonly registry: URL;
  readonly who: string;
  readonly signal?: AbortSignal | undefined;
};

export type Token = {
  readonly value: string;
  readonly lifetimeMs: number;
};

/** When the service tells no lifetime (distribution docs, spec/auth/token.md). */
const defaultLifetimeSeconds = 60;

const tokenSchema = z.object({
  token: z.string().nullish(),
  access_token: z.string().nullish(),
  expires_in: z.number().positive().nullish(),
});

/** Gets tokens from the services that registries name. */
export class TokenService {
  readonly #connections: Connections;
  readonly #sender: Sender;
  readonly #limits: Limits;

  constructor(connections: Connections, sender: Sender, limits: Limits) {
    this.#connections = connections;
    this.#sender = sender;
    this.#limits = limits;
  }

  /** Throws PM_REGISTRY_UNAUTHORIZED when the service refuses, or when the realm is not fit to be asked. */
  async fetch(request: TokenRequest): Promise<Token> {
    const realm = this.#checkedRealm(request);
    const reply = await this.#ask(realm, request);
    // Never redirected: the password would go along.
    if (reply.status !== 200) throw await this.#refusal(reply);
    return readToken(await readBody(reply, this.#limits.tokenBytes, request.signal), reply);
  }

  #checkedRealm({ realm, registry, who }: TokenRequest): URL {
    const refuse = (why: string) =>
      outcomeError('unauthorized', { who, detail: `${safeUrl(registry)} asks for a token from ${why}` });
    if (!URL.canParse(realm)) throw refuse('a place that is no URL');
    const url = new URL(realm);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && registry.protocol === 'http:')) {
      throw refuse(`${safeUrl(url)}, which is not https`);
    }
    if (url.username !== '' || url.password !== '') throw refuse(`${safeUrl(url)} with a user in it`);
    const refusal = refusalOf(url.hostname, this.#reach(url, registry));
    if (refusal !== undefined) throw refuse(`${safeUrl(url)}: ${refusal.message}`);
    return url;
  }

  #reach(realm: URL, registry: URL): Reach {
    return realm.host === registry.host ? 'any' : this.#connections.reachFrom(registry);
  }

  #ask(realm: URL, request: TokenRequest): Promise<HttpReply> {
    const { service, scopes, credentials, registry, who, signal } = request;
    const reach = this.#reach(realm, registry);
    const fields = { ...(service !== undefined && { service }) };
    if (credentials?.type === 'identity-token') {
      const form = {
        grant_type: 'refresh_token',
        refresh_token: credentials.token,
        client_id: 'pullmend',
        ...fields,
        scope: scopes.join(' '),
      };
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const body = new URLSearchParams(form).toString();
      return this.#sender.send({ url: realm, method: 'POST', headers, body, reach, who, signal });
    }
    const url = new URL(realm);
    for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
    for (const scope of scopes) url.searchParams.append('scope', scope);
    const headers = credentials === undefined ? {} : { authorization: basic(credentials) };
    return this.#sender.send({ url, headers, reach, who, signal });
  }

  async #refusal(reply: HttpReply): Promise<Error> {
    const error = await replyError(reply, this.#limits.errorBytes);
    const { who } = reply.asked;
    const denied = [400, 401, 403].includes(reply.status);
    return denied ? outcomeError('unauthorized', { who, detail: error.where ?? '', cause: error }) : error;
  }
}

/** The value of an `Authorization` header with a password. */
export function basic(credentials: Extract<Credentials, { type: 'basic' }>): string {
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
}

function readToken(bytes: Uint8Array, reply: HttpReply): Token {
  const token = tokenSchema.safeParse(parseJson(bytes));
  const value = token.success ? token.data.token || token.data.access_token : undefined;
  if (!token.success || !value) {
    const { who, request } = reply.asked;
    throw outcomeError('not-a-registry', { who, detail: `${request} → 200 without a token` });
  }
  return { value, lifetimeMs: (token.data.expires_in ?? defaultLifetimeSeconds) * 1000 };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

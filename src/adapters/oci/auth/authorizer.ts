import { PullmendError } from '../../../core/base/index.ts';
import type { Credentials } from '../credentials/keychain.ts';
import { readChallenge, type Challenge } from './challenge.ts';
import { basic, type Token, type TokenRequest } from './token.ts';

/** Who asks for what at which registry. */
export type Access = {
  readonly registry: URL;
  readonly who: string;
  /** e.g. `repository:library/nginx:pull` */
  readonly scopes: readonly string[];
  /** Asked only when the registry wants to know: a credential helper may be slow or ask the user. */
  readonly credentials: () => Promise<Credentials | undefined>;
  readonly signal?: AbortSignal | undefined;
};

/** An `Authorization` header. */
export type Authorization = {
  readonly value: string;
  /** Made just now, so that asking again would give nothing better. */
  readonly fresh: boolean;
};

type Cached = {
  readonly token: Promise<Token>;
  /** Milliseconds; without end while the token is on its way. */
  usableUntil: number;
};

/** A token is renewed this long before its end, or after most of its life when that is short. */
const renewAheadMs = 10_000;

/** Answers the challenges of registries, and remembers them and the tokens. */
export class Authorizer {
  readonly #fetchToken: (request: TokenRequest) => Promise<Token>;
  readonly #now: () => number;
  readonly #challenges = new Map<string, Challenge>();
  readonly #tokens = new Map<string, Cached>();

  constructor(fetchToken: (request: TokenRequest) => Promise<Token>, now: () => number) {
    this.#fetchToken = fetchToken;
    this.#now = now;
  }

  /** What to send at first: nothing, unless the registry is known to ask. */
  async ahead(access: Access): Promise<Authorization | undefined> {
    const challenge = this.#challenges.get(access.registry.origin);
    return challenge === undefined ? undefined : this.#answer(challenge, access, undefined);
  }

  /** What to send after a 401; `undefined` when there is nothing better than what was refused. */
  async afterRefusal(
    access: Access,
    headers: readonly string[],
    refused: Authorization | undefined,
  ): Promise<Authorization | undefined> {
    const challenge = readChallenge(headers);
    if (challenge === undefined || refused?.fresh === true) return undefined;
    this.#challenges.set(access.registry.origin, challenge);
    const answer = await this.#answer(challenge, access, refused?.value);
    return answer?.value === refused?.value ? undefined : answer;
  }

  async #answer(
    challenge: Challenge,
    access: Access,
    refused: string | undefined,
  ): Promise<Authorization | undefined> {
    const credentials = await access.credentials();
    if (challenge.scheme === 'bearer') return this.#token(challenge, access, credentials, refused);
    return credentials?.type === 'basic' ? { value: basic(credentials), fresh: false } : undefined;
  }

  async #token(
    { realm, service }: Extract<Challenge, { scheme: 'bearer' }>,
    { registry, who, scopes, signal }: Access,
    credentials: Credentials | undefined,
    refused: string | undefined,
  ): Promise<Authorization> {
    const key = JSON.stringify([realm, service, scopes, credentials]);
    const known = this.#tokens.get(key);
    // No await before the entry is set: requests at the same time must find it and share the token.
    if (known !== undefined && known.usableUntil > this.#now()) {
      const shared = await sharedToken(known);
      if (shared !== undefined && shared !== refused) return { value: shared, fresh: false };
    }
    const token = this.#fetchToken({ realm, service, scopes, credentials, registry, who, signal });
    const entry: Cached = { token, usableUntil: Infinity };
    this.#tokens.set(key, entry);
    try {
      const { value, lifetimeMs } = await token;
      entry.usableUntil = this.#now() + lifetimeMs - Math.min(renewAheadMs, lifetimeMs / 5);
      return { value: `Bearer ${value}`, fresh: true };
    } catch (error) {
      if (this.#tokens.get(key) === entry) this.#tokens.delete(key);
      throw error;
    }
  }
}

/** A token that another request has got, or is getting right now. */
async function sharedToken(entry: Cached): Promise<string | undefined> {
  try {
    return `Bearer ${(await entry.token).value}`;
  } catch (error) {
    // The refusal of the service holds for both; the other request's stop does not.
    if (error instanceof PullmendError) throw error;
    return undefined;
  }
}

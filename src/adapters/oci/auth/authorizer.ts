import type { Credentials } from '../credentials/keychain.ts';
import { readChallenge, type Challenge } from './challenge.ts';
import { basic, type Token, type TokenRequest } from './token.ts';

/** Who asks for what at which registry. */
export type Access = {
  readonly registry: URL;
  readonly who: string;
  /** e.g. `repository:library/nginx:pull` */
  readonly scope: string;
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

type Cached = { readonly token: Promise<Token>; readonly bornAt: number };

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
    { registry, who, scope, signal }: Access,
    credentials: Credentials | undefined,
    refused: string | undefined,
  ): Promise<Authorization> {
    const key = JSON.stringify([realm, service, scope, credentials]);
    const cached = this.#tokens.get(key);
    const known = cached && (await this.#stillGood(cached));
    if (known !== undefined && known !== refused) return { value: known, fresh: false };
    const token = this.#fetchToken({ realm, service, scope, credentials, registry, who, signal });
    this.#tokens.set(key, { token, bornAt: this.#now() });
    return { value: bearer(await token), fresh: true };
  }

  async #stillGood({ token, bornAt }: Cached): Promise<string | undefined> {
    const value = await token.catch(() => undefined);
    if (value === undefined) return undefined;
    const ahead = Math.min(renewAheadMs, value.lifetimeMs / 5);
    return this.#now() < bornAt + value.lifetimeMs - ahead ? bearer(value) : undefined;
  }
}

function bearer({ value }: Token): string {
  return `Bearer ${value}`;
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export type TokenAccess = { readonly repository: string; readonly actions: readonly string[] };

/** What a bearer token says. */
export type TokenClaims = {
  readonly service: string;
  readonly user: string | undefined;
  readonly access: readonly TokenAccess[];
};

/** As Docker Hub's tokens. */
export const TOKEN_LIFETIME_SECONDS = 300;

/** Makes and reads bearer tokens: opaque to clients, signed with a key that dies with the process. */
export class TokenService {
  readonly #key = randomBytes(32);

  issue(claims: TokenClaims): string {
    const expires = Date.now() + TOKEN_LIFETIME_SECONDS * 1000;
    const payload = Buffer.from(JSON.stringify({ ...claims, expires })).toString('base64url');
    return `${payload}.${this.#sign(payload)}`;
  }

  /** Undefined when the header holds no bearer token of this service that is still valid. */
  read(authorization: string | undefined, service: string): TokenClaims | undefined {
    const [, payload = '', signature = ''] = /^bearer ([\w-]+)\.([\w-]+)$/i.exec(authorization ?? '') ?? [];
    const wanted = Buffer.from(this.#sign(payload));
    const given = Buffer.from(signature);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as TokenClaims & {
      expires: number;
    };
    return claims.service === service && claims.expires > Date.now() ? claims : undefined;
  }

  #sign(payload: string): string {
    return createHmac('sha256', this.#key).update(payload).digest('base64url');
  }
}

/** Reads `repository:NAME:ACTION,ACTION`; undefined for other kinds of scopes. */
export function parseScope(text: string): TokenAccess | undefined {
  const match = /^repository(?:\([^)]*\))?:(.+):([a-z*,]*)$/.exec(text);
  if (match === null) return undefined;
  return {
    repository: match[1] ?? '',
    actions: (match[2] ?? '').split(',').filter((action) => action !== ''),
  };
}

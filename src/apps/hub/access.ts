import { createHash, timingSafeEqual } from 'node:crypto';
import { ProtocolError } from './protocol-error.ts';

export type AccessRequest = {
  /** The Authorization header as it came. */
  readonly authorization: string | undefined;
  /** Undefined for the API's base path `/v2/`. */
  readonly repository: string | undefined;
  readonly action: 'pull' | 'push' | 'delete';
};

/**
 * Lets a request through by returning.
 * @throws ProtocolError UNAUTHORIZED (with `www-authenticate` among its headers) or DENIED
 */
export type Authorize = (access: AccessRequest) => void | Promise<void>;

/** HTTP Basic for everything, or for changes only when `anonymousPull` is set. */
export function basicAccess(options: {
  readonly username: string;
  readonly password: string;
  readonly anonymousPull?: boolean;
}): Authorize {
  return ({ authorization, action }) => {
    if (options.anonymousPull === true && action === 'pull') return;
    const given = parseBasic(authorization);
    if (
      given !== undefined &&
      sameSecret(`${given.username}:${given.password}`, `${options.username}:${options.password}`)
    )
      return;
    throw new ProtocolError('UNAUTHORIZED', {
      headers: { 'www-authenticate': 'Basic realm="registry"' },
    });
  };
}

/** Credentials of a Basic Authorization header (RFC 7617). */
export function parseBasic(
  authorization: string | undefined,
): { readonly username: string; readonly password: string } | undefined {
  const encoded = /^basic ([a-z0-9+/=]+)$/i.exec(authorization?.trim() ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Compares without telling by its time how much of it was right. */
function sameSecret(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}

import { outcomeError } from '../../../core/knowledge/mirrors/index.ts';
import type { PullmendError } from '../../../core/base/index.ts';
import { safeText } from './redact.ts';

/** Where a request went, for messages. */
export type Asked = {
  /** Registry that the request is for. */
  readonly who: string;
  /** `GET https://…`, without secrets. */
  readonly request: string;
};

const resetCodes: readonly string[] = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ECONNABORTED'];

/** No connection: nothing that a second try in the same second would change. */
const downCodes: readonly string[] = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
];

const words: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name server does not answer',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  UND_ERR_SOCKET: 'connection closed by the server',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'network unreachable',
  ETIMEDOUT: 'connect timeout',
  UND_ERR_CONNECT_TIMEOUT: 'connect timeout',
  UND_ERR_HEADERS_TIMEOUT: 'no reply in time',
  UND_ERR_BODY_TIMEOUT: 'the reply stalled',
  SLOW_BODY: 'the reply creeps without end',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the reply was cut off',
};

/** The connection leads to an address that this request must not reach. */
export class RefusedAddressError extends Error {
  readonly code = 'REFUSED_ADDRESS';
}

/** The cause of a failure of the server that another try would only repeat. */
export class FinalFailure extends Error {}

/** The `code` of a system, TLS or undici error, also where it is wrapped. */
export function errorCode(error: unknown): string | undefined {
  for (let it = error, depth = 0; it instanceof Error && depth < 5; it = it.cause, depth++) {
    if ('code' in it && typeof it.code === 'string' && !it.code.startsWith('PM_')) return it.code;
    if (it instanceof AggregateError && it.errors.length > 0) return errorCode(it.errors[0]);
  }
  return undefined;
}

export function isReset(error: unknown): boolean {
  return resetCodes.includes(errorCode(error) ?? '');
}

export function isDown(error: unknown): boolean {
  return downCodes.includes(errorCode(error) ?? '');
}

/** What a failed connection, request or body means, as an error for a person. */
export function networkError(error: unknown, asked: Asked): PullmendError {
  const code = errorCode(error) ?? '';
  const text = error instanceof Error ? error.message : String(error);
  const outcome = isTlsCode(code) ? 'tls' : 'unreachable';
  const why = words[code] ?? tlsWords(code, text) ?? safeText(text);
  return outcomeError(outcome, { who: asked.who, detail: `${asked.request} → ${why}`, cause: error });
}

/** Node's names of OpenSSL's verification errors, and of failed handshakes. */
function isTlsCode(code: string): boolean {
  return /CERT|^ERR_TLS_|^ERR_SSL_|UNABLE_TO_|SIGNATURE|^EPROTO$|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE/.test(
    code,
  );
}

function tlsWords(code: string, text: string): string | undefined {
  if (/WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG/.test(`${code} ${text.toUpperCase()}`)) {
    return 'it speaks plain HTTP';
  }
  // Node ends the text of an OpenSSL error with places in OpenSSL's source.
  return isTlsCode(code) ? `TLS: ${safeText(text.split(';', 1).join(''))}` : undefined;
}

import type { ServerResponse } from 'node:http';

/**
 * Error codes of the OCI distribution spec ("Error Codes"), each with the status and text that
 * `registry/api/errcode` of distribution/distribution gives it.
 */
const CODES = {
  BLOB_UNKNOWN: [404, 'blob unknown to registry'],
  BLOB_UPLOAD_INVALID: [400, 'blob upload invalid'],
  BLOB_UPLOAD_UNKNOWN: [404, 'blob upload unknown to registry'],
  DENIED: [403, 'requested access to the resource is denied'],
  DIGEST_INVALID: [400, 'provided digest did not match uploaded content'],
  MANIFEST_BLOB_UNKNOWN: [404, 'blob unknown to registry'],
  MANIFEST_INVALID: [400, 'manifest invalid'],
  MANIFEST_UNKNOWN: [404, 'manifest unknown'],
  NAME_INVALID: [400, 'invalid repository name'],
  NAME_UNKNOWN: [404, 'repository name not known to registry'],
  RANGE_INVALID: [416, 'invalid content range'],
  SIZE_INVALID: [413, 'body larger than this registry takes'],
  TOOMANYREQUESTS: [429, 'too many requests'],
  UNAUTHORIZED: [401, 'authentication required'],
  UNKNOWN: [500, 'unknown error'],
  UNSUPPORTED: [405, 'the operation is unsupported'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProtocolErrorCode = keyof typeof CODES;

export type ProtocolErrorOptions = {
  /** Instead of the text that belongs to the code. */
  readonly message?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly detail?: unknown;
};

/** What a registry answers when it cannot do what was asked. Thrown in handlers, sent by `sendProtocolError`. */
export class ProtocolError extends Error {
  readonly code: ProtocolErrorCode;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly detail: unknown;

  constructor(code: ProtocolErrorCode, options: ProtocolErrorOptions = {}) {
    super(options.message ?? CODES[code][1]);
    this.name = 'ProtocolError';
    this.code = code;
    this.status = options.status ?? CODES[code][0];
    this.headers = options.headers ?? {};
    this.detail = options.detail;
  }
}

/** Sends the error as the JSON body of the OCI distribution spec; without a body on HEAD (`response` knows). */
export function sendProtocolError(response: ServerResponse, error: ProtocolError): void {
  const { code, message, detail } = error;
  const entry = detail === undefined ? { code, message } : { code, message, detail };
  const body = Buffer.from(`${JSON.stringify({ errors: [entry] })}\n`);
  response.writeHead(error.status, {
    'content-type': 'application/json',
    'content-length': body.byteLength,
    ...error.headers,
  });
  response.end(body);
}

/**
 * One request to the host. No cookie is ever sent: Harbor asks for its header `X-Harbor-CSRF-Token` only where a
 * session cookie comes along (src/server/middleware/csrf/csrf.go).
 */
export type HarborRequest = {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  /** From the root of the host. */
  readonly path: `/${string}`;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type HarborReply = {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: Uint8Array;
  /** `GET https://…`, for messages. */
  readonly request: string;
};

/** Sends a request and follows no redirect; body and time are bounded. Throws PM_REGISTRY_UNREACHABLE, PM_TLS_UNTRUSTED. */
export type HarborSend = (request: HarborRequest) => Promise<HarborReply>;

export const apiRoot = '/api/v2.0';

/** Does the host answer Harbor's ping, which needs no login. No secret is sent. Throws as `HarborSend`. */
export async function isHarbor(send: HarborSend): Promise<boolean> {
  const { status, body } = await send({ method: 'GET', path: `${apiRoot}/ping`, headers: {} });
  return status === 200 && /^\s*"?pong"?\s*$/i.test(Buffer.from(body.subarray(0, 64)).toString('utf8'));
}

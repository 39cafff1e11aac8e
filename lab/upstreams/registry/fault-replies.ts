import type { ServerResponse } from 'node:http';
import { ProtocolError, type ProtocolErrorCode } from '../../../src/apps/hub/index.ts';
import type { FaultRequest } from '../api.ts';

type StatusFault = Extract<FaultRequest, { kind: 'status' }>;

const CODES: Readonly<Record<StatusFault['status'], ProtocolErrorCode>> = {
  401: 'UNAUTHORIZED',
  403: 'DENIED',
  404: 'MANIFEST_UNKNOWN',
  429: 'TOOMANYREQUESTS',
  500: 'UNKNOWN',
  502: 'UNKNOWN',
  503: 'UNKNOWN',
};

/** As Docker Hub puts it. */
const RATE_LIMITED =
  'You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit';

/** The registry's own error for a staged 4xx or 500. */
export function statusError({ status, retryAfterSeconds }: StatusFault): ProtocolError {
  return new ProtocolError(CODES[status], {
    status,
    ...(status === 429 && { message: RATE_LIMITED }),
    ...(retryAfterSeconds !== undefined && { headers: { 'retry-after': String(retryAfterSeconds) } }),
  });
}

/** What the proxy in front of a registry says when the registry behind it is down. */
export function sendGatewayError(response: ServerResponse, { status, retryAfterSeconds }: StatusFault): void {
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', retryAfterSeconds);
  const text = status === 502 ? '502 Bad Gateway' : '503 Service Temporarily Unavailable';
  sendPage(response, status, text);
}

export function sendPage(response: ServerResponse, status: number, title: string): void {
  const page = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'content-length': page.length });
  response.end(page);
}

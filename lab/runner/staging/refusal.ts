import type { ServerResponse } from 'node:http';
import type { ApiRule } from '../file/index.ts';
import type { ApiRequest } from './api-request.ts';

type Refusal = Extract<ApiRule['do'], { status: number }>;

/** As k8s.io/apimachinery has them (pkg/apis/meta/v1, StatusReason). */
const REASONS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  409: 'Conflict',
  410: 'Expired',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

/** The API server's own form of a refusal, a Status object. */
export function sendRefusal(response: ServerResponse, request: ApiRequest, refusal: Refusal): void {
  const { status, reason = REASONS[status] ?? '', retryAfterSeconds } = refusal;
  const { resource, name } = request;
  const message = refusal.message ?? `${resource} "${name}" is refused: staged by the lab (${status})`;
  const [kind = '', group] = resource.split('.');
  const body = JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    details: { name, kind, ...(group && { group }), ...(retryAfterSeconds && { retryAfterSeconds }) },
    code: status,
  });
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', retryAfterSeconds);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body);
}

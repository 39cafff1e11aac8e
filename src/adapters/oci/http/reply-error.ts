import * as z from 'zod';
import { PullmendError } from '../../../core/base/index.ts';
import { bareMediaType } from '../../../core/image/index.ts';
import { outcomeError, type RegistryFailure } from '../../../core/knowledge/mirrors/index.ts';
import { readStart } from './body.ts';
import { FinalFailure } from './network-error.ts';
import { safeText } from './redact.ts';
import type { HttpReply } from './send.ts';

/** Error body of the OCI distribution spec, "Error Codes". */
const errorsSchema = z.object({
  errors: z.array(z.object({ code: z.string().default(''), message: z.string().nullish() })).min(1),
});

type Told = { readonly code: string; readonly message: string };

/** What an answer other than 200 means; reads the start of its body for what the registry says. */
export async function replyError(reply: HttpReply, maxBytes: number): Promise<PullmendError> {
  const body = await readStart(reply, maxBytes).catch(() => new Uint8Array());
  const told = readErrors(body);
  const { who, request } = reply.asked;
  const detail = `${request} → ${reply.status}${told === undefined ? typeOf(reply) : wordsOf(told)}`;
  if (reply.status === 405 && !/^(?:GET|HEAD) /.test(request)) {
    return new PullmendError('PM_REGISTRY_READ_ONLY', { who }, { where: detail });
  }
  return outcomeError(outcomeOfStatus(reply.status, told?.code), {
    who,
    detail,
    ...(finalStatuses.includes(reply.status) && { cause: new FinalFailure(detail) }),
    retryAfter: readRetryAfter(reply.header('retry-after')[0], Date.now()),
  });
}

/** Not implemented, version not supported, no room left: it stays so for longer than a run waits. */
const finalStatuses: readonly number[] = [501, 505, 507];

/** Seconds of a `Retry-After` header, which may also be a date (RFC 9110 §10.2.3). */
export function readRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - nowMs) / 1000));
}

function outcomeOfStatus(status: number, code: string | undefined): RegistryFailure {
  if (status === 429 || code?.toUpperCase() === 'TOOMANYREQUESTS') return 'rate-limited';
  if (status === 401) return 'unauthorized';
  // 412: Harbor's PROJECTPOLICYVIOLATION, for an image with vulnerabilities or without a signature.
  if (status === 403 || status === 451 || status === 412) return 'forbidden';
  if (status === 404 || status === 410 || code === 'NAME_INVALID' || code === 'NAME_UNKNOWN') return 'absent';
  if (status === 407) return 'unreachable';
  return status >= 500 || status === 408 ? 'server-error' : 'not-a-registry';
}

function readErrors(body: Uint8Array): Told | undefined {
  try {
    const [first] = errorsSchema.parse(JSON.parse(Buffer.from(body).toString('utf8'))).errors;
    return first === undefined ? undefined : { code: first.code, message: first.message ?? '' };
  } catch {
    return undefined;
  }
}

function wordsOf({ code, message }: Told): string {
  const words = safeText([code, message].filter((it) => it !== '').join(': '));
  return words === '' ? '' : ` ${words}`;
}

function typeOf(reply: HttpReply): string {
  const [type] = reply.header('content-type');
  return type === undefined ? '' : ` ${safeText(bareMediaType(type), 60)}`;
}

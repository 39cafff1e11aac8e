import { digesterFor, type Descriptor, type Reference } from '../../../core/image/index.ts';
import { outcomeError, outcomeOf } from '../../../core/knowledge/mirrors/index.ts';
import { failureOf, type HttpReply } from '../http/send.ts';
import { paced, SlowBodyError } from '../http/pace.ts';
import { safeText } from '../http/redact.ts';
import type { Limits } from '../options.ts';
import { within } from './manifest.ts';
import { Progress } from './progress.ts';
import type { CallOptions, Session } from './session.ts';

/** Content by its digest and its size in bytes. */
export type BlobRef = Pick<Descriptor, 'digest' | 'size'>;

/** After a cut a blob is asked for in parts of this share of what the line lets through at a stretch. */
const partOfStretch = 1 / 64;
const smallestPart = 256 * 1024;

/**
 * How much to ask for at once. A cut loses what the kernel holds unread, up to megabytes, and all of it is sent again;
 * of a small part less can be lost. A line that holds longer gets larger parts, one that was never cut the whole blob.
 */
class Parts {
  #stretch = 0;
  #since = 0;

  /** Something came until byte `at`, then the line was cut. */
  cut(at: number, from: number): void {
    this.#stretch = at - Math.max(this.#since, from);
    this.#since = at;
  }

  /** The last byte to ask for; undefined: all of them. */
  end(at: number): number | undefined {
    if (this.#stretch === 0) return undefined;
    const stretch = Math.max(this.#stretch, at - this.#since);
    return at + Math.max(smallestPart, Math.floor(stretch * partOfStretch)) - 1;
  }
}

/**
 * Streams a blob and checks it on the way; a cut download goes on where it was cut. The bytes are only to be believed
 * when the stream has ended without an error: PM_REGISTRY_DIGEST_MISMATCH for other bytes, more or fewer;
 * PM_REGISTRY_*, PM_TLS_UNTRUSTED as usual. From a later byte on the digest cannot be checked.
 */
export async function* readBlob(
  session: Session,
  reference: Pick<Reference, 'registry' | 'repository'>,
  blob: BlobRef,
  options: CallOptions & { readonly from?: number } = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const { from = 0, ...call } = options;
  const digester = from === 0 ? digesterFor(blob.digest) : undefined;
  const parts = new Parts();
  const progress = new Progress(session.limits.retries, from);
  let at = from;
  for (;;) {
    const start = at;
    const range = { from: at, end: parts.end(at) };
    const reply = await session.retry(() => openBlob(session, reference, blob, range, call), call.signal);
    try {
      for await (const chunk of fromByte(reply, at, blob.size, session.limits)) {
        at += chunk.byteLength;
        if (at > blob.size) break;
        digester?.update(chunk);
        yield chunk;
      }
    } catch (error) {
      const failure = failureOf(error, reply.asked, call.signal);
      if (error instanceof SlowBodyError) throw failure;
      if (at > start) parts.cut(at, from);
      if (outcomeOf(failure) !== 'unreachable' || !progress.mayGoOn(at)) throw failure;
      continue;
    }
    const isPart = range.end !== undefined && reply.status === 206 && at < blob.size;
    if (isPart && progress.mayGoOn(at)) continue;
    if (at !== blob.size)
      throw mismatch(reply, `${at > blob.size ? 'more' : 'fewer'} than ${blob.size} bytes`);
    const digest = digester?.digest() ?? blob.digest;
    if (digest !== blob.digest) throw mismatch(reply, `its digest is ${digest}, not ${blob.digest}`);
    return;
  }
}

function openBlob(
  session: Session,
  reference: Pick<Reference, 'registry' | 'repository'>,
  blob: BlobRef,
  { from, end }: { readonly from: number; readonly end: number | undefined },
  call: CallOptions,
): Promise<HttpReply> {
  const path = `blobs/${blob.digest}`;
  if (from === 0) return session.send({ ...call, reference, path });
  const headers = { range: `bytes=${from}-${end === undefined ? '' : Math.min(end, blob.size - 1)}` };
  return session.send({ ...call, reference, path, headers, expect: [200, 206] });
}

/** The body from a byte on: a registry may send the whole blob although a part was asked for (RFC 9110 §14.2). */
async function* fromByte(
  reply: HttpReply,
  from: number,
  size: number,
  limits: Limits,
): AsyncGenerator<Uint8Array, void, undefined> {
  let skip = from;
  if (reply.status === 206) {
    const [, first, whole = String(size)] =
      /^bytes (\d+)-\d*\/(\d+)?/.exec(reply.header('content-range')[0] ?? '') ?? [];
    if (Number(first) !== from || Number(whole) !== size) {
      reply.body.destroy();
      throw mismatch(reply, `not the range from byte ${from} of ${size}`);
    }
    skip = 0;
  } else refuseLength(reply, size);
  for await (const chunk of paced(reply.body, limits)) {
    if (skip < chunk.byteLength) yield skip === 0 ? chunk : chunk.subarray(skip);
    skip = Math.max(0, skip - chunk.byteLength);
  }
}

/** A registry that tells another length than the manifest does is not believed about the rest. */
function refuseLength(reply: HttpReply, size: number): void {
  const told = reply.header('content-length').find((length) => Number(length) !== size);
  if (told === undefined) return;
  reply.body.destroy();
  throw mismatch(reply, `it has ${told} bytes, not ${size}`);
}

/** A small blob, such as an image's config, as a whole. */
export async function readSmallBlob(
  session: Session,
  reference: Pick<Reference, 'registry' | 'repository'>,
  blob: BlobRef,
  options: CallOptions = {},
): Promise<Uint8Array> {
  const { configBytes, documentMs } = session.limits;
  if (blob.size > configBytes) {
    const detail = `config ${blob.digest} has ${blob.size} bytes, more than ${configBytes}`;
    throw outcomeError('not-a-registry', { who: reference.registry, detail });
  }
  const signal = within(documentMs, options.signal);
  return session.retry(async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of readBlob(session, reference, blob, { ...options, signal })) chunks.push(chunk);
    return Buffer.concat(chunks);
  }, signal);
}

function mismatch(reply: HttpReply, why: string) {
  const [type = ''] = reply.header('content-type');
  const detail = `${reply.asked.request} → ${reply.status} ${safeText(type, 60)}; ${why}`;
  return outcomeError('digest-mismatch', { who: reply.asked.who, detail });
}

import { Readable } from 'node:stream';
import { isError, PullmendError } from '../../../core/base/index.ts';
import { isDigest, type Reference } from '../../../core/image/index.ts';
import { outcomeError, outcomeOf } from '../../../core/knowledge/mirrors/index.ts';
import type { HttpReply } from '../http/send.ts';
import type { OpenBlob, Pushed, PushOptions } from '../store.ts';
import type { BlobRef } from './blob.ts';
import { Progress } from './progress.ts';
import { locationOf, type CallOptions, type Session } from './session.ts';

type Target = CallOptions & { readonly reference: Pick<Reference, 'registry' | 'repository'> };

/** An upload as its registry last described it. */
type Upload = { readonly url: URL; readonly received: number; readonly minChunk: number };

const push = { actions: 'pull,push' } as const;

/**
 * Sends a blob (OCI distribution-spec "Pushing blobs"): as a whole when it can be, and after a cut from the byte on that
 * the registry has. Throws PM_REGISTRY_*, also for bytes that the registry finds to have another digest.
 */
export async function pushBlob(
  session: Session,
  target: Target,
  blob: BlobRef,
  open: OpenBlob,
  options: PushOptions = {},
): Promise<Pushed> {
  if (blob.size <= session.limits.smallBlobBytes) return pushSmall(session, target, blob, open);
  let upload = await resumed(session, target, blob, options.resume);
  let whole = true;
  const progress = new Progress(session.limits.retries, 0);
  for (;;) {
    upload ??= await begin(session, target, blob.digest);
    if (upload === undefined) return 'mounted';
    options.onUpload?.(upload.url.href);
    try {
      while (!whole && upload.received < blob.size) {
        upload = await sendChunk(session, target, blob, upload, open);
      }
      await finish(session, target, blob, upload, open);
      return 'sent';
    } catch (error) {
      const tooLarge: boolean = whole && isTooLarge(error);
      if (!tooLarge && !isCut(error)) throw error;
      if (tooLarge) whole = false;
      upload = await describe(session, target, blob, upload.url);
      if (!tooLarge && !progress.mayGoOn(upload?.received ?? 0)) throw error;
    }
  }
}

/**
 * Mounts a blob that another repository of the registry has, or any of them (OCI distribution-spec 1.1, mount without
 * `from`); the upload that is begun instead is cancelled.
 */
export async function mountBlob(
  session: Session,
  target: Target,
  digest: string,
  from?: string,
): Promise<boolean> {
  const query = new URLSearchParams({ mount: digest, ...(from !== undefined && { from }) });
  const request = { ...target, ...push, mountFrom: from, method: 'POST', expect: [201, 202] } as const;
  const headers = { 'content-length': '0' };
  const reply = await session.retry(
    () => session.sendAndDiscard({ ...request, headers, path: `blobs/uploads/?${query}` }),
    target.signal,
  );
  if (reply.status === 201) return true;
  await cancel(session, target, locationOf(reply));
  return false;
}

/** Begins an upload and cancels it, to learn whether blobs may be pushed there. Throws PM_REGISTRY_*. */
export async function checkPush(session: Session, target: Target): Promise<void> {
  const upload = await post(session, target, 'blobs/uploads/');
  if (upload !== undefined) await cancel(session, target, upload.url);
}

/** A registry that keeps what was begun loses nothing but a little space for a while. */
async function cancel(session: Session, target: Target, url: URL): Promise<void> {
  const request = { ...target, ...push, method: 'DELETE', path: url, expect: [202, 204] } as const;
  await session.sendAndDiscard(request).catch(() => undefined);
}

async function pushSmall(session: Session, target: Target, blob: BlobRef, open: OpenBlob): Promise<Pushed> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of open(0)) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return await session.retry(async () => {
    const upload = await begin(session, target, blob.digest);
    if (upload === undefined) return 'mounted';
    await session.sendAndDiscard({
      ...target,
      ...push,
      method: 'PUT',
      path: withDigest(upload.url, blob.digest),
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(body.byteLength) },
      body,
      expect: [201],
    });
    return 'sent';
  }, target.signal);
}

/**
 * Begins an upload; `undefined` when the registry had the blob in another repository and mounted it (OCI
 * distribution-spec 1.1, mount without `from`): asking costs nothing, since the answer is an upload otherwise.
 */
async function begin(session: Session, target: Target, digest: string): Promise<Upload | undefined> {
  const { registry } = target.reference;
  if (!session.refusesAnonymousMount.has(registry)) {
    try {
      return await post(session, target, `blobs/uploads/?${new URLSearchParams({ mount: digest })}`);
    } catch (error) {
      // Some registries (quay.io) take a mount without `from` for a broken request.
      if (outcomeOf(error) !== 'not-a-registry' && outcomeOf(error) !== 'absent') throw error;
      session.refusesAnonymousMount.add(registry);
    }
  }
  return await post(session, target, 'blobs/uploads/');
}

async function post(session: Session, target: Target, path: string): Promise<Upload | undefined> {
  const request = { ...target, ...push, method: 'POST', path, expect: [201, 202] } as const;
  const headers = { 'content-length': '0' };
  const reply = await session.retry(() => session.sendAndDiscard({ ...request, headers }), target.signal);
  if (reply.status === 201) return undefined;
  return { url: locationOf(reply), received: 0, minChunk: minChunkOf(reply) };
}

/** The upload of an earlier run, when the registry still knows it and its address is the registry's own. */
async function resumed(
  session: Session,
  target: Target,
  blob: BlobRef,
  address: string | undefined,
): Promise<Upload | undefined> {
  if (address === undefined || !URL.canParse(address)) return undefined;
  return describe(session, target, blob, new URL(address)).catch(() => undefined);
}

/** Asks how much has arrived; `undefined` when the upload is gone. */
async function describe(
  session: Session,
  target: Target,
  blob: BlobRef,
  url: URL,
): Promise<Upload | undefined> {
  try {
    const request = { ...target, ...push, path: url, expect: [204] };
    const reply = await session.retry(() => session.sendAndDiscard(request), target.signal);
    const received = receivedOf(reply);
    const next = reply.header('location').length > 0 ? locationOf(reply) : url;
    return received <= blob.size ? { url: next, received, minChunk: minChunkOf(reply) } : undefined;
  } catch (error) {
    // 404, or a registry that does not tell: begin anew.
    const outcome = outcomeOf(error);
    if (outcome === 'absent' || outcome === 'not-a-registry') return undefined;
    throw error;
  }
}

/** `Range: 0-n`; registries answer `0-0` for an empty upload too, and the byte is then sent again. */
function receivedOf(reply: HttpReply): number {
  const [, last = '0'] = /^(?:bytes=)?0-(\d+)$/.exec(reply.header('range')[0] ?? '') ?? [];
  return Number(last) === 0 ? 0 : Number(last) + 1;
}

function minChunkOf(reply: HttpReply): number {
  return Number(/^\d{1,12}$/.exec(reply.header('oci-chunk-min-length')[0] ?? '')?.[0] ?? 0);
}

async function sendChunk(
  session: Session,
  target: Target,
  blob: BlobRef,
  upload: Upload,
  open: OpenBlob,
): Promise<Upload> {
  const size = Math.min(blob.size - upload.received, Math.max(session.limits.chunkBytes, upload.minChunk));
  const reply = await sendBytes(session, target, 'PATCH', upload.url, {
    bytes: () => take(open(upload.received), size),
    range: [upload.received, upload.received + size - 1],
    expect: [202],
  });
  return { url: locationOf(reply), received: upload.received + size, minChunk: upload.minChunk };
}

async function finish(
  session: Session,
  target: Target,
  blob: BlobRef,
  upload: Upload,
  open: OpenBlob,
): Promise<void> {
  const rest = {
    bytes: () => open(upload.received),
    range: [upload.received, blob.size - 1],
  } as const;
  const reply = await sendBytes(session, target, 'PUT', withDigest(upload.url, blob.digest), {
    ...(upload.received < blob.size && rest),
    expect: [201],
  });
  const [told = blob.digest] = reply.header('docker-content-digest');
  if (!isDigest(told) || told.split(':', 1)[0] !== blob.digest.split(':', 1)[0] || told === blob.digest)
    return;
  const detail = `${reply.asked.request} → 201, but stored as ${told}, not ${blob.digest}`;
  throw outcomeError('digest-mismatch', { who: target.reference.registry, detail });
}

type Sending = {
  readonly bytes?: () => AsyncIterable<Uint8Array>;
  /** First and last byte. */
  readonly range?: readonly [first: number, last: number];
  readonly expect: readonly number[];
};

/** Sends a stream under watch: a registry that takes nothing for a while has stalled. */
async function sendBytes(
  session: Session,
  target: Target,
  method: 'PUT' | 'PATCH',
  url: URL,
  { bytes, range, expect }: Sending,
): Promise<HttpReply> {
  const { idleMs, commitMs } = session.limits;
  const watch = new AbortController();
  const stalled = () => watch.abort(new DOMException('the upload stalled', 'TimeoutError'));
  let timer = setTimeout(stalled, commitMs);
  const rearm = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(stalled, milliseconds);
  };
  let failure: PullmendError | undefined;
  async function* watched() {
    try {
      for await (const chunk of bytes?.() ?? []) {
        rearm(idleMs);
        yield chunk;
      }
      rearm(commitMs);
    } catch (error) {
      // A broken request ends the stream with its own error; only the source's is of interest here.
      if (error instanceof PullmendError) failure = error;
      throw error;
    }
  }
  const length = range === undefined ? 0 : range[1] - range[0] + 1;
  try {
    return await session.sendAndDiscard({
      ...target,
      ...push,
      signal: target.signal === undefined ? watch.signal : AbortSignal.any([target.signal, watch.signal]),
      method,
      path: url,
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(length),
        // A whole blob goes without: some registries take it for a part (OCI distribution-spec, end-6).
        ...(range !== undefined &&
          (range[0] > 0 || method === 'PATCH') && { 'content-range': `${range[0]}-${range[1]}` }),
      },
      ...(bytes !== undefined && { body: () => Readable.from(watched(), { objectMode: false }) }),
      expect,
    });
  } catch (error) {
    // Bytes that could not be read say more than the request that broke for want of them.
    throw failure ?? error;
  } finally {
    clearTimeout(timer);
  }
}

async function* take(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let left = size;
  for await (const chunk of chunks) {
    yield chunk.byteLength <= left ? chunk : chunk.subarray(0, left);
    left -= chunk.byteLength;
    if (left <= 0) return;
  }
}

function withDigest(url: URL, digest: string): URL {
  const whole = new URL(url);
  whole.searchParams.set('digest', digest);
  return whole;
}

/** A connection that broke, a token that ended, or a place that both sides see differently: it may go on. */
function isCut(error: unknown): boolean {
  const outcome = outcomeOf(error);
  return (
    outcome === 'unreachable' ||
    outcome === 'server-error' ||
    outcome === 'unauthorized' ||
    isStatus(error, 416)
  );
}

function isTooLarge(error: unknown): boolean {
  return isStatus(error, 413);
}

function isStatus(error: unknown, status: number): boolean {
  return isError(error, 'PM_MIRROR_NOT_A_REGISTRY') && (error.where ?? '').includes(` → ${status}`);
}

/** Does the repository have the blob. */
export async function hasBlob(session: Session, target: Target, digest: string): Promise<boolean> {
  const request = { ...target, method: 'HEAD', path: `blobs/${digest}`, expect: [200, 404] } as const;
  const reply = await session.retry(() => session.sendAndDiscard(request), target.signal);
  return reply.status === 200;
}

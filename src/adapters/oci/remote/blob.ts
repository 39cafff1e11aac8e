import { digesterFor, type Descriptor, type Reference } from '../../../core/image/index.ts';
import { outcomeError } from '../../../core/knowledge/mirrors/index.ts';
import { failureOf, type HttpReply } from '../http/send.ts';
import { safeText } from '../http/redact.ts';
import { within } from './manifest.ts';
import type { CallOptions, Session } from './session.ts';

/** Content by its digest and its size in bytes. */
export type BlobRef = Pick<Descriptor, 'digest' | 'size'>;

/**
 * Streams a blob and checks it on the way. The bytes are only to be believed when the stream has ended without an
 * error: PM_REGISTRY_DIGEST_MISMATCH for other bytes, more or fewer; PM_REGISTRY_*, PM_TLS_UNTRUSTED as usual.
 */
export async function* readBlob(
  session: Session,
  reference: Pick<Reference, 'registry' | 'repository'>,
  blob: BlobRef,
  options: CallOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const path = `blobs/${blob.digest}`;
  const get = () => session.get({ ...options, reference, path, accept: '*/*' });
  const reply = await session.retry(get, options.signal);
  const digester = digesterFor(blob.digest);
  let size = 0;
  try {
    for await (const chunk of reply.body as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > blob.size) break;
      digester.update(chunk);
      yield chunk;
    }
  } catch (error) {
    throw failureOf(error, reply.asked, options.signal);
  }
  if (size !== blob.size)
    throw mismatch(reply, `${size > blob.size ? 'more' : 'fewer'} than ${blob.size} bytes`);
  const digest = digester.digest();
  if (digest !== blob.digest) throw mismatch(reply, `its digest is ${digest}, not ${blob.digest}`);
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
  const detail = `${reply.asked.request} → 200 ${safeText(type, 60)}; ${why}`;
  return outcomeError('digest-mismatch', { who: reply.asked.who, detail });
}

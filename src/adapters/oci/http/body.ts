import { outcomeError } from '../../../core/knowledge/mirrors/index.ts';
import { paced, SlowBodyError } from './pace.ts';
import { failureOf, type HttpReply } from './send.ts';

/** Reads a whole body of at most so many bytes; a longer one is no document that a registry may send. */
export async function readBody(
  reply: HttpReply,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const bytes = await readStart(reply, maxBytes, signal);
  if (bytes.byteLength <= maxBytes) return bytes;
  const { who, request } = reply.asked;
  throw outcomeError('not-a-registry', {
    who,
    detail: `${request} → ${reply.status}, more than ${maxBytes} bytes`,
  });
}

/** Reads the start of a body, a little over the bound when there is more, and drops the rest; in the time of a document. */
export async function readStart(
  reply: HttpReply,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const slow = new SlowBodyError('the time of a document is over');
  const timer = setTimeout(() => reply.body.destroy(slow), reply.limits.documentMs);
  try {
    for await (const chunk of paced(reply.body, reply.limits)) {
      chunks.push(chunk);
      length += chunk.byteLength;
      if (length > maxBytes) break;
    }
  } catch (error) {
    throw failureOf(error, reply.asked, signal);
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks);
}

/** Reads a short body away, so that its connection can be used again; a long one is cut. */
export async function discard(reply: HttpReply, maxBytes: number): Promise<void> {
  await readStart(reply, maxBytes).catch(() => undefined);
}

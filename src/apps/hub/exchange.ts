import type { IncomingMessage, ServerResponse } from 'node:http';
import { ProtocolError } from './protocol-error.ts';
import type { RegistryStore } from './store.ts';

/** One request on its way through the hub. */
export type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly store: RegistryStore;
  /** Throws when this caller may not do this with this repository. */
  readonly demand: (repository: string, action: 'pull' | 'push' | 'delete') => Promise<void>;
};

/** Header of a request; the first one when it was sent several times. */
export function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/**
 * Body of a request, chunk by chunk.
 * @throws ProtocolError SIZE_INVALID when it is longer than `maxBytes`
 */
export async function* boundedBody(request: IncomingMessage, maxBytes: number): AsyncIterable<Uint8Array> {
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      // The rest is not read, so the connection cannot be used again.
      throw new ProtocolError('SIZE_INVALID', { headers: { connection: 'close' } });
    }
    yield chunk;
  }
}

/** Body of a request in one piece; bounds and errors as `boundedBody`. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of boundedBody(request, maxBytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Answers with headers alone. */
export function sendEmpty(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, status === 204 ? headers : { 'content-length': '0', ...headers });
  response.end();
}

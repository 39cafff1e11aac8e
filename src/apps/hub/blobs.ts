import { pipeline } from 'node:stream/promises';
import { type Exchange, header, sendEmpty } from './exchange.ts';
import { ProtocolError } from './protocol-error.ts';
import { parseRange } from './range.ts';

const HEADERS = { 'content-type': 'application/octet-stream', 'accept-ranges': 'bytes' } as const;

/** HEAD (end-2). */
export async function headBlob(
  { response, store }: Exchange,
  repository: string,
  digest: string,
): Promise<void> {
  const size = await store.statBlob(repository, digest);
  if (size === undefined) throw new ProtocolError('BLOB_UNKNOWN', { detail: { digest } });
  response.writeHead(200, {
    ...HEADERS,
    'content-length': size,
    'docker-content-digest': digest,
    etag: `"${digest}"`,
  });
  response.end();
}

/** GET (end-2), whole or one range. Never compressed on the way, or the bytes would not match the digest. */
export async function getBlob(
  { request, response, store }: Exchange,
  repository: string,
  digest: string,
): Promise<void> {
  const blob = await store.openBlob(repository, digest);
  if (blob === undefined) throw new ProtocolError('BLOB_UNKNOWN', { detail: { digest } });
  const range = parseRange(header(request, 'range'), blob.size);
  if (range === 'unsatisfiable') {
    throw new ProtocolError('RANGE_INVALID', { headers: { 'content-range': `bytes */${blob.size}` } });
  }
  response.writeHead(range === undefined ? 200 : 206, {
    ...HEADERS,
    'content-length': range === undefined ? blob.size : range.last - range.first + 1,
    'docker-content-digest': digest,
    etag: `"${digest}"`,
    ...(range && { 'content-range': `bytes ${range.first}-${range.last}/${blob.size}` }),
  });
  await pipeline(blob.read(range), response);
}

/** DELETE (end-10). */
export async function deleteBlob(
  { response, store }: Exchange,
  repository: string,
  digest: string,
): Promise<void> {
  if (!(await store.deleteBlob(repository, digest))) {
    throw new ProtocolError('BLOB_UNKNOWN', { detail: { digest } });
  }
  sendEmpty(response, 202);
}

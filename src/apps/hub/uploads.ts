import { isDigest } from '../../core/image/index.ts';
import { boundedBody, type Exchange, header, sendEmpty } from './exchange.ts';
import { ProtocolError } from './protocol-error.ts';
import { parseChunkStart } from './range.ts';
import type { BlobUpload } from './store.ts';

/** More than any layer this registry is meant for; the bound keeps one push from filling the machine. */
const MAX_BLOB_BYTES = 2 * 1024 * 1024 * 1024;

/** POST (end-4a, 4b, 11): mount from another repository, the whole blob at once, or the start of an upload. */
export async function startUpload(exchange: Exchange, repository: string): Promise<void> {
  const { query, response, store } = exchange;
  const mount = query.get('mount');
  const from = query.get('from');
  if (mount !== null && from !== null && (await mounted(exchange, from, repository, mount))) {
    return sendCreated(exchange, repository, mount);
  }
  const upload = await store.startUpload(repository);
  const digest = query.get('digest');
  if (digest !== null) return finish(exchange, repository, upload, digest);
  sendEmpty(response, 202, uploadHeaders(repository, upload));
}

/** A repository the caller may not read counts as one that lacks the blob: the push goes on without it. */
async function mounted(
  { store, demand }: Exchange,
  from: string,
  to: string,
  digest: string,
): Promise<boolean> {
  if (!isDigest(digest)) throw new ProtocolError('DIGEST_INVALID', { message: 'invalid digest' });
  try {
    await demand(from, 'pull');
  } catch {
    return false;
  }
  return store.mountBlob(from, to, digest);
}

/** PATCH (end-5): one chunk, or a stream of unknown length when it has no Content-Range. */
export async function patchUpload(exchange: Exchange, repository: string, id: string): Promise<void> {
  const upload = await findUpload(exchange, repository, id);
  await append(exchange, repository, upload);
  sendEmpty(exchange.response, 202, uploadHeaders(repository, upload));
}

/** PUT (end-6): the last chunk, if any, and the digest of the whole. */
export async function putUpload(exchange: Exchange, repository: string, id: string): Promise<void> {
  const upload = await findUpload(exchange, repository, id);
  await finish(exchange, repository, upload, exchange.query.get('digest') ?? '');
}

/** GET (end-13): how far it is. */
export async function getUpload(exchange: Exchange, repository: string, id: string): Promise<void> {
  const upload = await findUpload(exchange, repository, id);
  sendEmpty(exchange.response, 204, uploadHeaders(repository, upload));
}

/** DELETE (end-14). */
export async function cancelUpload(exchange: Exchange, repository: string, id: string): Promise<void> {
  const upload = await findUpload(exchange, repository, id);
  await upload.cancel();
  sendEmpty(exchange.response, 204);
}

async function findUpload({ store }: Exchange, repository: string, id: string): Promise<BlobUpload> {
  const upload = await store.findUpload(repository, id);
  if (upload === undefined) throw new ProtocolError('BLOB_UPLOAD_UNKNOWN');
  return upload;
}

async function append({ request }: Exchange, repository: string, upload: BlobUpload): Promise<void> {
  const contentRange = header(request, 'content-range');
  if (contentRange !== undefined && parseChunkStart(contentRange) !== upload.size) {
    throw new ProtocolError('RANGE_INVALID', { headers: uploadHeaders(repository, upload) });
  }
  await upload.append(boundedBody(request, MAX_BLOB_BYTES - upload.size));
}

async function finish(
  exchange: Exchange,
  repository: string,
  upload: BlobUpload,
  digest: string,
): Promise<void> {
  if (!isDigest(digest)) throw new ProtocolError('DIGEST_INVALID', { message: 'invalid digest' });
  await append(exchange, repository, upload);
  if (!(await upload.commit(digest))) throw new ProtocolError('DIGEST_INVALID');
  sendCreated(exchange, repository, digest);
}

function sendCreated({ response }: Exchange, repository: string, digest: string): void {
  sendEmpty(response, 201, {
    location: `/v2/${repository}/blobs/${digest}`,
    'docker-content-digest': digest,
  });
}

/** `Range: 0-0` is what registries answer for an empty upload, although it means one byte. */
function uploadHeaders(repository: string, upload: BlobUpload): Readonly<Record<string, string>> {
  return {
    location: `/v2/${repository}/blobs/uploads/${upload.id}`,
    range: `0-${Math.max(0, upload.size - 1)}`,
    'docker-upload-uuid': upload.id,
  };
}

import { bareMediaType, digestOf, isDigest, mediaType, verifyDigest } from '../../core/image/index.ts';
import { type Exchange, header, readBody, sendEmpty } from './exchange.ts';
import { checkManifest } from './manifest-check.ts';
import { ProtocolError } from './protocol-error.ts';
import type { StoredManifest } from './store.ts';

/** The size every registry has to accept at least (OCI distribution spec, "Pushing Manifests"). */
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

/** GET and HEAD (end-3): the bytes as they were pushed. */
export async function getManifest(
  { request, response, store }: Exchange,
  repository: string,
  reference: string,
): Promise<void> {
  const manifest = await store.getManifest(repository, reference);
  if (manifest === undefined) throw new ProtocolError('MANIFEST_UNKNOWN', { detail: { reference } });
  demandAccepted(header(request, 'accept'), manifest);
  response.writeHead(200, {
    'content-type': manifest.mediaType,
    'content-length': manifest.bytes.byteLength,
    'docker-content-digest': manifest.digest,
    etag: `"${manifest.digest}"`,
  });
  response.end(request.method === 'HEAD' ? undefined : manifest.bytes);
}

/**
 * A client that names its types and leaves this one out gets 404 for OCI types, as from distribution 2.8
 * (`registry/handlers/manifests.go`). Docker types go to everybody.
 */
function demandAccepted(accept: string | undefined, manifest: StoredManifest): void {
  if (accept === undefined || !manifest.mediaType.startsWith('application/vnd.oci.')) return;
  const types = accept.split(',').map(bareMediaType);
  if (types.some((type) => type === manifest.mediaType || type === '*/*')) return;
  const noun = manifest.mediaType === mediaType.ociIndex ? 'index' : 'manifest';
  throw new ProtocolError('MANIFEST_UNKNOWN', {
    message: `OCI ${noun} found, but accept header does not support OCI ${noun === 'index' ? 'indexes' : 'manifests'}`,
  });
}

/** PUT (end-7). */
export async function putManifest(
  { request, response, store }: Exchange,
  repository: string,
  reference: string,
): Promise<void> {
  const bytes = await readBody(request, MAX_MANIFEST_BYTES);
  const byDigest = isDigest(reference);
  if (byDigest && !verifyDigest(bytes, reference)) throw new ProtocolError('DIGEST_INVALID');
  const digest = byDigest ? reference : digestOf(bytes);
  const checked = await checkManifest(store, repository, bytes, header(request, 'content-type'));
  const manifest = { digest, mediaType: checked.mediaType, bytes };
  await store.putManifest(repository, manifest, byDigest ? [] : [reference]);
  sendEmpty(response, 201, {
    location: `/v2/${repository}/manifests/${digest}`,
    'docker-content-digest': digest,
  });
}

/** DELETE (end-9): by tag the tag alone goes, by digest the manifest with its tags. */
export async function deleteManifest(
  { response, store }: Exchange,
  repository: string,
  reference: string,
): Promise<void> {
  const gone = isDigest(reference)
    ? await store.deleteManifest(repository, reference)
    : await store.deleteTag(repository, reference);
  if (!gone) throw new ProtocolError('MANIFEST_UNKNOWN', { detail: { reference } });
  sendEmpty(response, 202);
}

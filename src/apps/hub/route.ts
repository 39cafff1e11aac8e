import { isDigest } from '../../core/image/index.ts';
import { ProtocolError } from './protocol-error.ts';

/** One request of the OCI distribution API, by what it is about. */
export type Route =
  | { readonly kind: 'base' }
  | { readonly kind: 'manifest'; readonly repository: string; readonly reference: string }
  | { readonly kind: 'blob'; readonly repository: string; readonly digest: string }
  | { readonly kind: 'uploads'; readonly repository: string }
  | { readonly kind: 'upload'; readonly repository: string; readonly id: string }
  | { readonly kind: 'tags'; readonly repository: string };

/** Both from the OCI distribution spec, "Pulling manifests". */
const NAME = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
/** Many clients cap host and name together at this. */
const MAX_NAME_LENGTH = 255;

/** The parts after the repository name, longest first: a repository may itself have a part called `blobs`. */
const SHAPES = [
  [/^\/v2\/(.+)\/blobs\/uploads\/?$/, 'uploads'],
  [/^\/v2\/(.+)\/blobs\/uploads\/([^/]+)$/, 'upload'],
  [/^\/v2\/(.+)\/blobs\/([^/]+)$/, 'blob'],
  [/^\/v2\/(.+)\/manifests\/([^/]+)$/, 'manifest'],
  [/^\/v2\/(.+)\/tags\/list$/, 'tags'],
] as const;

/**
 * Reads the path of a request (without its query); undefined when it is not of this API.
 * @throws ProtocolError NAME_INVALID, DIGEST_INVALID, MANIFEST_INVALID when a part of it is malformed
 */
export function parseRoute(path: string): Route | undefined {
  if (path === '/v2/' || path === '/v2') return { kind: 'base' };
  for (const [shape, kind] of SHAPES) {
    const match = shape.exec(path);
    if (match === null) continue;
    const repository = match[1] ?? '';
    const last = decode(match[2] ?? '');
    if (!NAME.test(repository) || repository.length > MAX_NAME_LENGTH) {
      throw new ProtocolError('NAME_INVALID');
    }
    return makeRoute(kind, repository, last);
  }
  return undefined;
}

/** Whether `text` may name a manifest in a path. */
function isTag(text: string): boolean {
  return TAG.test(text);
}

function makeRoute(kind: (typeof SHAPES)[number][1], repository: string, last: string): Route {
  switch (kind) {
    case 'uploads':
    case 'tags':
      return { kind, repository };
    case 'upload':
      return { kind, repository, id: last };
    case 'blob':
      if (!isDigest(last)) throw new ProtocolError('DIGEST_INVALID', { message: 'invalid digest' });
      return { kind, repository, digest: last };
    case 'manifest':
      if (!isDigest(last) && !isTag(last)) {
        throw new ProtocolError('MANIFEST_INVALID', { message: 'invalid tag or digest' });
      }
      return { kind, repository, reference: last };
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

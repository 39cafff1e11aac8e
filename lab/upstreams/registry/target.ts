import { parseRoute } from '../../../src/apps/hub/index.ts';
import type { RegistrySite } from '../sites.ts';
import type { RequestKind } from './fault-board.ts';
import { parseScope } from './token-service.ts';

/** What a request is about. */
export type Target = {
  readonly kind: RequestKind;
  /** Named by the path or by the first scope of a token request; `''` when none. */
  readonly repository: string;
  readonly path: string;
  readonly query: URLSearchParams;
};

/** Reads the URL of a request to `host`; `site` is the registry whose tokens may be asked for there. */
export function readTarget(host: string, site: RegistrySite | undefined, url: string): Target {
  const [path = '/', search = ''] = url.split('?', 2);
  const query = new URLSearchParams(search);
  if (site?.tokens?.realm === `https://${host}${path}`) {
    const repository = parseScope(query.get('scope') ?? '')?.repository ?? '';
    return { kind: 'token', repository, path, query };
  }
  const route = tryParseRoute(path);
  if (route === undefined || route.kind === 'base') return { kind: 'other', repository: '', path, query };
  const kind = route.kind === 'manifest' || route.kind === 'tags' ? 'manifests' : 'blobs';
  return { kind, repository: route.repository, path, query };
}

/** Paths that the hub will refuse have no repository as far as faults and the log go. */
function tryParseRoute(path: string): ReturnType<typeof parseRoute> {
  try {
    return parseRoute(path);
  } catch {
    return undefined;
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authorize } from './access.ts';
import { deleteBlob, getBlob, headBlob } from './blobs.ts';
import { type Exchange, header, sendEmpty } from './exchange.ts';
import { deleteManifest, getManifest, putManifest } from './manifests.ts';
import { ProtocolError, sendProtocolError } from './protocol-error.ts';
import { parseRoute, type Route } from './route.ts';
import type { RegistryStore } from './store.ts';
import { listTags } from './tags.ts';
import { cancelUpload, getUpload, patchUpload, putUpload, startUpload } from './uploads.ts';

export type HubOptions = {
  readonly store: RegistryStore;
  /** Who may do what; without it everybody may do everything. */
  readonly authorize?: Authorize;
};

/** An OCI registry without a socket: `handler` fits `node:http`, `node:https` and any router above them. */
export type Hub = {
  readonly store: RegistryStore;
  /** Answers one request; never rejects. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
};

/** A registry of hosted images (OCI distribution spec v1.1 without referrers) over `store`. */
export function createHub({ store, authorize = () => {} }: HubOptions): Hub {
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
    const route = parseRoute(path);
    if (route === undefined)
      throw new ProtocolError('UNSUPPORTED', { status: 404, message: 'page not found' });
    const authorization = header(request, 'authorization');
    const demand: Exchange['demand'] = async (repository, action) =>
      authorize({ authorization, repository, action });
    if (route.kind === 'base') await authorize({ authorization, repository: undefined, action: 'pull' });
    else await demand(route.repository, actionOf(request.method));
    const exchange = { request, response, query: new URLSearchParams(query), store, demand };
    await dispatch(exchange, route);
  }

  async function handler(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('docker-distribution-api-version', 'registry/2.0');
    try {
      await serve(request, response);
    } catch (error) {
      if (response.headersSent) {
        // A short body is the only honest answer left; never append an error to a blob.
        response.destroy();
        return;
      }
      sendProtocolError(response, error instanceof ProtocolError ? error : new ProtocolError('UNKNOWN'));
    }
  }

  return { store, handler };
}

function actionOf(method: string | undefined): 'pull' | 'push' | 'delete' {
  if (method === 'GET' || method === 'HEAD') return 'pull';
  return method === 'DELETE' ? 'delete' : 'push';
}

async function dispatch(exchange: Exchange, route: Route): Promise<void> {
  const method = exchange.request.method ?? '';
  switch (route.kind) {
    case 'base':
      if (method === 'GET' || method === 'HEAD') return sendEmpty(exchange.response, 200);
      break;
    case 'manifest':
      if (method === 'GET' || method === 'HEAD')
        return getManifest(exchange, route.repository, route.reference);
      if (method === 'PUT') return putManifest(exchange, route.repository, route.reference);
      if (method === 'DELETE') return deleteManifest(exchange, route.repository, route.reference);
      break;
    case 'blob':
      if (method === 'GET') return getBlob(exchange, route.repository, route.digest);
      if (method === 'HEAD') return headBlob(exchange, route.repository, route.digest);
      if (method === 'DELETE') return deleteBlob(exchange, route.repository, route.digest);
      break;
    case 'uploads':
      if (method === 'POST') return startUpload(exchange, route.repository);
      break;
    case 'upload':
      if (method === 'PATCH') return patchUpload(exchange, route.repository, route.id);
      if (method === 'PUT') return putUpload(exchange, route.repository, route.id);
      if (method === 'GET') return getUpload(exchange, route.repository, route.id);
      if (method === 'DELETE') return cancelUpload(exchange, route.repository, route.id);
      break;
    case 'tags':
      if (method === 'GET') return listTags(exchange, route.repository);
      break;
  }
  throw new ProtocolError('UNSUPPORTED');
}

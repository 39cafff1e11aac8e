import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Authorize,
  createHub,
  type ProtocolError,
  type RegistryStore,
  sendProtocolError,
} from '../../../src/apps/hub/index.ts';
import type { FaultRequest } from '../api.ts';
import { HARBOR, type RegistrySite } from '../sites.ts';
import { type AccessContext, challenge, createAuthorize } from './access.ts';
import { sendGatewayError, sendPage, statusError } from './fault-replies.ts';
import { FaultyStore } from './faulty-store.ts';
import type { Target } from './target.ts';
import { answerTokenRequest } from './token-handler.ts';

/** One request to a registry, with all that has been found out about it. */
export type Visit = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: Target;
  readonly faults: readonly FaultRequest[];
  readonly resetConnection: () => void;
};

export type RegistryContext = AccessContext & { readonly store: RegistryStore };

/**
 * Answers one request as this registry would. What breaks in front of a registry (gateway errors, web pages, delays)
 * comes before its authorisation, what the registry itself says after it.
 */
export async function visitRegistry(context: RegistryContext, visit: Visit): Promise<void> {
  const { request, response, target, faults } = visit;
  if (!(await passesFrontFaults(visit))) return;
  const { authorization } = request.headers;
  if (target.kind === 'token') {
    const staged = stagedError(context.site, visit);
    if (staged !== undefined) return sendProtocolError(response, staged);
    const method = request.method ?? '';
    return answerTokenRequest(context, { method, query: target.query, authorization }, response);
  }
  if (!isApiPath(target.path)) return sendOutside(context.site, response);
  const redirect = defaultProjectRedirect(context.site, target, request);
  if (redirect !== undefined) return void response.writeHead(301, { location: redirect }).end();
  const permit = createAuthorize(context);
  const authorize: Authorize = async (access) => {
    await permit(access);
    const staged = stagedError(context.site, visit);
    if (staged !== undefined) throw staged;
  };
  if (target.kind === 'manifests') setHeaders(response, context.site.manifestHeaders);
  const store = new FaultyStore(context.store, faults, visit.resetConnection);
  await createHub({ store, authorize }).handler(request, response);
}

/** False when the request has been answered, or the client has gone while it waited. */
async function passesFrontFaults({ request, response, faults }: Visit): Promise<boolean> {
  for (const fault of faults) {
    if (fault.kind === 'slow' && fault.firstByteDelayMs !== undefined) {
      await delay(response, fault.firstByteDelayMs);
      if (response.destroyed) return false;
    }
  }
  for (const fault of faults) {
    if (fault.kind === 'html') {
      sendPage(response, 200, 'Welcome');
      return false;
    }
    if (fault.kind === 'redirect-blobs') {
      response.writeHead(307, { location: `https://${fault.to}${request.url ?? ''}` }).end();
      return false;
    }
    if (fault.kind === 'status' && (fault.status === 502 || fault.status === 503)) {
      sendGatewayError(response, fault);
      return false;
    }
  }
  return true;
}

async function delay(response: ServerResponse, milliseconds: number): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await sleep(milliseconds, undefined, { signal: gone.signal }).catch(() => {});
}

/** The status that was staged for this request. */
function stagedError(site: RegistrySite, { target, faults }: Visit): ProtocolError | undefined {
  const fault = faults.find((entry) => entry.kind === 'status');
  if (fault === undefined) return undefined;
  if (fault.status !== 401 || target.kind === 'token') return statusError(fault);
  // A token that was given and is not enough; a client that sees a bare challenge would ask for one for ever.
  const token = { service: '', user: undefined, access: [] };
  return challenge(site, { repository: target.repository, action: 'pull', token });
}

function isApiPath(path: string): boolean {
  return path === '/v2' || path.startsWith('/v2/');
}

function sendOutside(site: RegistrySite, response: ServerResponse): void {
  if (site.website) return sendPage(response, 200, 'Harbor');
  response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n');
}

/**
 * Harbor's proxy of Docker Hub sends `proxy/busybox` to `proxy/library/busybox`
 * (`src/server/middleware/repoproxy`, "defaultLibrary").
 */
function defaultProjectRedirect(
  site: RegistrySite,
  { repository }: Target,
  { method, url = '' }: IncomingMessage,
): string | undefined {
  const [project = '', name, more] = repository.split('/');
  if (site.host !== HARBOR || site.projects?.[project] !== 'proxy') return undefined;
  if (name === undefined || more !== undefined || (method !== 'GET' && method !== 'HEAD')) return undefined;
  return url.replace(`/v2/${project}/`, `/v2/${project}/library/`);
}

function setHeaders(response: ServerResponse, headers: Readonly<Record<string, string>> = {}): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

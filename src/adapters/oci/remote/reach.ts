import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { isError, PullmendError } from '../../../core/base/index.ts';
import { manifestAccept, type Reference } from '../../../core/image/index.ts';
import { outcomeError, outcomeOf } from '../../../core/knowledge/mirrors/index.ts';
import { judgeManifest, reachedTo } from '../../../core/knowledge/reach/index.ts';
import type { CertificateName, EndpointReach, ReachResult, ReachStep } from '../../../core/model/index.ts';
import { errorCode } from '../http/network-error.ts';
import { safeText } from '../http/redact.ts';
import { within } from './manifest.ts';
import type { CallOptions, Session } from './session.ts';

export type ReachOptions = CallOptions & {
  /** Digest of a blob of the image, when one is known. */
  readonly blob?: string | undefined;
};

/**
 * How far a pull would get at the registry of a reference, from here. Asks with HEAD, and for one byte of a blob: no
 * registry counts that as a pull. One try; failures are the result.
 */
export async function reach(
  session: Session,
  reference: Reference,
  options: ReachOptions = {},
): Promise<EndpointReach> {
  const { blob, ...rest } = options;
  const call = { ...rest, signal: within(session.limits.documentMs, options.signal) };
  const endpoint = session.origin(reference.registry);
  const without = endpoint.protocol === 'http:' ? (['proxy', 'tls'] as const) : (['proxy'] as const);
  const base = { endpoint: endpoint.origin, mirror: false };
  try {
    const { detail, digest } = await head(session, reference, call);
    const told: ReachResult[] = [{ step: 'manifest', result: 'ok', detail }];
    if (blob !== undefined) told.push(await firstByte(session, reference, blob, call));
    return { ...base, ...reachedTo(undefined, told, without), ...(digest === undefined ? {} : { digest }) };
  } catch (error) {
    if (!(error instanceof PullmendError) || outcomeOf(error) === undefined) throw error;
    const broken = { step: stepOf(error, endpoint.host), detail: error.where ?? error.message };
    const certificate =
      broken.step === 'tls' ? await certificateOf(endpoint, session.limits.connectMs) : undefined;
    const retryAfter = isError(error, 'PM_REGISTRY_RATE_LIMITED') ? error.params.retryAfter : undefined;
    const outcome = outcomeOf(error);
    return {
      ...base,
      ...reachedTo(broken, [], without),
      ...(certificate === undefined ? {} : { certificate }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    };
  }
}

async function head(session: Session, reference: Reference, call: CallOptions) {
  const path = `manifests/${reference.digest ?? reference.tag ?? 'latest'}`;
  const reply = await session.sendAndDiscard({
    ...call,
    reference,
    path,
    method: 'HEAD',
    headers: { accept: manifestAccept },
  });
  const [mediaType = ''] = reply.header('content-type');
  const detail = `${reply.asked.request} → ${reply.status} ${safeText(mediaType, 80)}`;
  if (judgeManifest({ status: reply.status, mediaType }) !== undefined) {
    throw outcomeError('not-a-registry', { who: reference.registry, detail });
  }
  return { detail, digest: reply.header('docker-content-digest')[0] };
}

async function firstByte(
  session: Session,
  reference: Reference,
  blob: string,
  call: CallOptions,
): Promise<ReachResult> {
  try {
    const headers = { range: 'bytes=0-0' };
    const reply = await session.send({
      ...call,
      reference,
      path: `blobs/${blob}`,
      headers,
      expect: [200, 206],
    });
    reply.body.destroy();
    return { step: 'blob', result: 'ok', detail: `${reply.asked.request} → first byte` };
  } catch (error) {
    if (!(error instanceof PullmendError) || outcomeOf(error) === undefined) throw error;
    return { step: 'blob', result: 'broken', detail: error.where ?? error.message };
  }
}

/** The step at which a failure belongs; what fails at another host than the registry's is its token service. */
function stepOf(error: PullmendError, host: string): ReachStep {
  const outcome = outcomeOf(error);
  const [, other] = /https?:\/\/([^/\s]+)/.exec(error.where ?? '') ?? [];
  if (outcome === 'unauthorized' || outcome === 'forbidden') return 'auth';
  if (other !== undefined && other !== host) return 'auth';
  if (outcome === 'tls') return 'tls';
  if (outcome !== 'unreachable') return 'manifest';
  const code = errorCode(error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  return code?.startsWith('UND_ERR_HEADERS') === true || code?.startsWith('UND_ERR_BODY') === true
    ? 'manifest'
    : 'tcp';
}

/** Whose certificate a server shows that is not trusted; undefined when it shows none. */
async function certificateOf(server: URL, timeout: number): Promise<CertificateName | undefined> {
  const { promise, resolve } = Promise.withResolvers<CertificateName | undefined>();
  const host = server.hostname.replaceAll(/[[\]]/g, '');
  // Nothing is sent over it: it is only looked at.
  const socket = connect(
    {
      host,
      port: Number(server.port || 443),
      ...(isIP(host) === 0 ? { servername: host } : {}),
      rejectUnauthorized: false,
      timeout,
    },
    () => {
      const { subject, issuer } = socket.getPeerCertificate();
      resolve(subject === undefined ? undefined : { subject: nameIn(subject), issuer: nameIn(issuer) });
    },
  );
  socket.on('error', () => resolve(undefined));
  socket.on('timeout', () => resolve(undefined));
  const found = await promise;
  socket.destroy();
  return found;
}

function nameIn(name: object | undefined): string {
  return safeText(
    Object.entries(name ?? {})
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(', '),
  );
}

import { redact } from '../../core/base/index.ts';
import { manifestAccept, type Reference } from '../../core/image/index.ts';
import { asText, digText } from '../../core/knowledge/pods/index.ts';
import { addressKind, judgeManifest, reachedTo } from '../../core/knowledge/reach/index.ts';
import { endpointServer, type RuntimeEndpoint } from '../../core/knowledge/runtimes/index.ts';
import type { CertificateName, EndpointReach, Json, ReachResult, ReachStep } from '../../core/model/index.ts';
import { proxyFromEnv } from '../kube/index.ts';
import { curl, type CurlReply, type CurlRequest } from './curl.ts';
import type { NodeShell } from './shell.ts';
import type { Runtime } from './survey.ts';

export type ReachRequest = {
  readonly reference: Reference;
  readonly endpoint: RuntimeEndpoint;
  /** Digest of a blob of the image, when one is known. */
  readonly blob?: string | undefined;
};

type Asker = (
  request: Pick<CurlRequest, 'url' | 'method' | 'headers' | 'maxBody' | 'showCertificate'>,
) => Promise<CurlReply>;
type Broken = { readonly step: ReachStep; readonly detail: string };

/** Tokens are some kB. */
const maxTokenBytes = 262_144;
/** A server that ignores the range is stopped here. */
const maxBlobBytes = 4096;

/** How far a pull would get from a node at one server, asked anonymously by the node's own curl. */
export async function reachFromNode(
  shell: NodeShell,
  runtime: Runtime,
  { reference, endpoint, blob }: ReachRequest,
): Promise<EndpointReach> {
  const server = endpointServer(endpoint);
  const proxy = proxyFromEnv(server, runtime.env);
  const { insecure, caFile } = endpoint;
  const ask: Asker = async (request) =>
    await followed(
      request,
      async (it) =>
        await curl(shell, runtime, { ...it, insecure, caFile, proxy: proxyFromEnv(it.url, runtime.env) }),
    );
  const query = endpoint.namespace === undefined ? '' : `?ns=${encodeURIComponent(endpoint.namespace)}`;
  const url = `${endpoint.repository}/manifests/${reference.digest ?? reference.tag ?? 'latest'}${query}`;
  const { reply, broken, authorization } = await head(url, ask);
  const told: ReachResult[] =
    broken === undefined ? [{ step: 'manifest', result: 'ok', detail: `HEAD ${url} → 200` }] : [];
  if (broken === undefined && blob !== undefined) {
    told.push(await firstByte(`${endpoint.repository}/blobs/${blob}${query}`, authorization, ask));
  }
  const plain = server.startsWith('http:');
  const without = [
    ...(proxy === undefined ? (['proxy'] as const) : []),
    ...(plain ? (['tls'] as const) : []),
  ];
  const certificate = broken?.step === 'tls' ? await certificateOf(`${server}/v2/`, ask) : undefined;
  const retryAfter = reply.status === 429 ? Number(reply.headers['retry-after']) : Number.NaN;
  const digest = reply.headers['docker-content-digest'];
  return {
    endpoint: server,
    mirror: endpoint.mirror,
    ...(proxy === undefined ? {} : { proxy: redact(proxy) }),
    ...reachedTo(broken, told, without),
    ...(certificate === undefined ? {} : { certificate }),
    ...(broken !== undefined || digest === undefined ? {} : { digest }),
    ...(reply.status === 429 ? { outcome: 'rate-limited' as const } : {}),
    ...(Number.isFinite(retryAfter) ? { retryAfter } : {}),
  };
}

async function head(
  url: string,
  ask: Asker,
): Promise<{
  readonly reply: CurlReply;
  readonly broken?: Broken;
  readonly authorization: readonly string[];
}> {
  const accept = `Accept: ${manifestAccept}`;
  const first = await ask({ url, method: 'HEAD', headers: [accept] });
  const challenge = first.status === 401 ? tokenUrl(first.headers['www-authenticate'] ?? '', url) : undefined;
  if (challenge === undefined) return { reply: first, ...judge(first, url), authorization: [] };
  const answer = await ask({ url: challenge.href, method: 'GET', maxBody: maxTokenBytes });
  const token = tokenIn(answer.body);
  if (token === undefined) {
    const why = answer.exit === 0 ? String(answer.status) : lastLine(answer.said);
    return {
      reply: answer,
      broken: { step: 'auth', detail: `GET ${bare(challenge)} → ${why}` },
      authorization: [],
    };
  }
  const authorization = [`Authorization: Bearer ${token}`];
  const reply = await ask({ url, method: 'HEAD', headers: [accept, ...authorization] });
  return { reply, ...judge(reply, url), authorization };
}

function judge(reply: CurlReply, url: string): { readonly broken?: Broken } {
  const asked = `HEAD ${bare(new URL(url))}`;
  if (reply.exit !== 0) {
    const step = stepOfExit(reply, url.startsWith('https:'));
    return { broken: { step, detail: `${asked} → ${lastLine(reply.said) || `curl ${reply.exit}`}` } };
  }
  const mediaType = reply.headers['content-type'] ?? '';
  const step = judgeManifest({ status: reply.status, mediaType });
  if (step === undefined) return {};
  return {
    broken: { step, detail: `${asked} → ${reply.status}${reply.status === 200 ? ` ${mediaType}` : ''}` },
  };
}

/** curl(1), "EXIT CODES". */
function stepOfExit({ exit, said, nameFound, connected }: CurlReply, tls: boolean): ReachStep {
  if (exit === 5 || exit === 6) return 'dns';
  if (exit === 97 || /proxy|CONNECT tunnel/i.test(said)) return connected ? 'proxy' : 'tcp';
  if (exit === 7) return 'tcp';
  if ([35, 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91].includes(exit)) return 'tls';
  if (exit === 28 && !nameFound) return 'dns';
  if (!connected) return 'tcp';
  // Cut or silent after TCP: what comes next is TLS, if there is any and nothing of HTTP was seen.
  return tls && /SSL|TLS/i.test(said) ? 'tls' : 'manifest';
}

async function firstByte(url: string, headers: readonly string[], ask: Asker): Promise<ReachResult> {
  const reply = await ask({
    url,
    method: 'GET',
    headers: ['Range: bytes=0-0', ...headers],
    maxBody: maxBlobBytes,
  });
  // 63: larger than asked for, so it was being sent.
  const ok = reply.exit === 63 || (reply.exit === 0 && (reply.status === 200 || reply.status === 206));
  const why = reply.exit === 0 ? String(reply.status) : lastLine(reply.said);
  return {
    step: 'blob',
    result: ok ? 'ok' : 'broken',
    detail: `GET ${bare(new URL(url))} → ${ok ? 'first byte' : why}`,
  };
}

/** A redirect leads to a store of blobs at most; containerd follows ten. */
const maxRedirects = 3;

/** Follows redirects to where a server may send a node; `Authorization` goes to no other host. */
async function followed(request: Parameters<Asker>[0], send: Asker): Promise<CurlReply> {
  let here = request;
  let reply = await send(here);
  for (let hop = 0; hop < maxRedirects && [301, 302, 303, 307, 308].includes(reply.status); hop += 1) {
    const next = placeOf(reply.headers['location'] ?? '', here.url);
    if (next === undefined) return reply;
    const isSame = next.origin === new URL(here.url).origin;
    const headers = (here.headers ?? []).filter((header) => isSame || !/^authorization:/i.test(header));
    here = { ...here, url: next.href, headers };
    reply = await send(here);
  }
  return reply;
}

/**
 * Where a server sends the node: from https on to https alone, which services that hand out credentials to a machine do
 * not speak, and never to the addresses of these.
 */
function placeOf(text: string, from: string): URL | undefined {
  if (!URL.canParse(text, from)) return undefined;
  const url = new URL(text, from);
  const isFit = url.protocol === 'https:' || (url.protocol === 'http:' && from.startsWith('http:'));
  return isFit && addressKind(url.hostname) !== 'link-local' ? url : undefined;
}

/** The address of an anonymous token, as a `Bearer` challenge tells it (distribution docs, spec/auth/token.md). */
function tokenUrl(challenge: string, asked: string): URL | undefined {
  if (!/^\s*bearer\s/i.test(challenge)) return undefined;
  const fields = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key.toLowerCase(), value]),
  );
  const { realm = '', service, scope } = fields;
  const url = placeOf(realm, asked);
  if (url === undefined) return undefined;
  if (service !== undefined) url.searchParams.set('service', service);
  if (scope !== undefined) url.searchParams.set('scope', scope);
  return url;
}

function tokenIn(body: string): string | undefined {
  try {
    const answer = JSON.parse(body) as Json;
    return digText(answer, 'token') ?? digText(answer, 'access_token');
  } catch {
    return undefined;
  }
}

/** Whose certificate a server shows that is not trusted. */
async function certificateOf(url: string, ask: Asker): Promise<CertificateName | undefined> {
  const { said } = await ask({ url, method: 'HEAD', showCertificate: true });
  const subject = asText(/^\*\s+subject: (.+)$/m.exec(said)?.[1]?.trim());
  const issuer = asText(/^\*\s+issuer: (.+)$/m.exec(said)?.[1]?.trim());
  return subject === undefined || issuer === undefined ? undefined : { subject, issuer };
}

function lastLine(said: string): string {
  const lines = said.split('\n').filter((line) => line.startsWith('curl:'));
  return redact((lines.at(-1) ?? '').slice(0, 200));
}

function bare(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

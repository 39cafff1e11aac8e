import { request } from 'node:https';
import type { HostInfo } from './api.ts';

/** A client of the outside world, for tests: it knows the addresses and trusts one authority. */
export type Visitor = {
  get(url: string, headers?: Readonly<Record<string, string>>): Promise<Visit>;
  send(method: string, url: string, options?: SendOptions): Promise<Visit>;
};

export type SendOptions = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
};

export type Visit = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
};

/** Plenty: nothing but a staged silence takes so long. */
const PATIENCE_MS = 20_000;

/**
 * Every visit is a connection of its own. It rejects as the TLS or TCP layer does, or with `no answer` after
 * `patienceMs` of silence.
 */
export function createVisitor(
  hosts: readonly HostInfo[],
  ca: string,
  patienceMs: number = PATIENCE_MS,
): Visitor {
  function send(method: string, url: string, { headers = {}, body }: SendOptions = {}): Promise<Visit> {
    const { hostname, pathname, search } = new URL(url);
    const found = hosts.find(({ host }) => host === hostname);
    if (found === undefined) throw new Error(`no such host: ${hostname}`);
    return new Promise((resolve, reject) => {
      const outgoing = request({
        host: found.address,
        port: found.port,
        servername: hostname,
        ca,
        agent: false,
        method,
        path: `${pathname}${search}`,
        headers: { ...headers, host: hostname },
        timeout: patienceMs,
      });
      outgoing.on('timeout', () => outgoing.destroy(new Error('no answer')));
      outgoing.on('error', reject);
      outgoing.on('response', (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('error', reject);
        reply.on('end', () =>
          resolve({
            status: reply.statusCode ?? 0,
            headers: reply.headers as Visit['headers'],
            body: Buffer.concat(chunks),
          }),
        );
      });
      outgoing.end(body);
    });
  }
  return { send, get: (url, headers = {}) => send('GET', url, { headers }) };
}

/** Follows a Bearer challenge to its token service; answers the Authorization header. */
export async function fetchToken(
  visitor: Visitor,
  challenge: string,
  basic?: string,
): Promise<{ readonly visit: Visit; readonly authorization: string }> {
  const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
  const query = new URLSearchParams({ service: field('service'), scope: field('scope') });
  const headers = basic === undefined ? {} : { authorization: `Basic ${btoa(basic)}` };
  const visit = await visitor.get(`${field('realm')}?${query.toString()}`, headers);
  const token = visit.status === 200 ? (JSON.parse(visit.body.toString()) as { token: string }).token : '';
  return { visit, authorization: `Bearer ${token}` };
}

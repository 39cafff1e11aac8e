import { spawn } from 'node:child_process';
import { createSign, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpsRequest, createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createAuthority, type Authority } from './authority.ts';
import { parseBasic } from './faulty.ts';
import { freePort } from './free-port.ts';

/** A distribution v3 registry with TLS and token logins, and a door to it that takes no large bodies. */
export type Distribution = {
  readonly authority: string;
  /** The same registry behind a proxy that answers 413 to bodies beyond `limit`. */
  readonly narrow: string;
  readonly user: string;
  readonly password: string;
  /** Certificate to trust, PEM. */
  readonly ca: string;
  /** Hosts whose certificates it vouches for. */
  readonly hosts: readonly string[];
  /** Scopes that tokens were asked for. */
  readonly scopes: readonly string[];
  close(): Promise<void>;
};

const user = 'ann';
const password = 'test-password';
/** How often a starting registry is asked whether it answers; 100 ms apart. */
const startTries = 100;

export async function startDistribution(binary: string, limit: number): Promise<Distribution> {
  const folder = await mkdtemp(join(tmpdir(), 'distribution-'));
  const ca = await createAuthority('pullmend test');
  const tls = await ca.issue('localhost');
  const scopes: string[] = [];
  const tokens = await listen(createServer(tls, await tokenService(ca, scopes)));
  const port = await freePort();
  const files = { cert: tls.cert, key: tls.key, ca: ca.certificate };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  await writeFile(
    join(folder, 'config.yml'),
    `version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: ${join(folder, 'data')}}, delete: {enabled: true}}
http:
  addr: "127.0.0.1:${port}"
  tls: {certificate: ${join(folder, 'cert')}, key: ${join(folder, 'key')}}
auth:
  token: {realm: "https://localhost:${tokens.port}/token", service: test, issuer: test, rootcertbundle: ${join(folder, 'ca')}}
`,
  );
  const env = { ...process.env, OTEL_TRACES_EXPORTER: 'none' };
  const server = spawn(binary, ['serve', join(folder, 'config.yml')], { stdio: 'ignore', env });
  const ended = once(server, 'exit');
  const narrow = await listen(narrowDoor(tls, ca, port, limit));
  const distribution = {
    authority: `localhost:${port}`,
    narrow: `localhost:${narrow.port}`,
    user,
    password,
    ca: ca.certificate,
    hosts: [port, narrow.port, tokens.port].map((it) => `localhost:${it}`),
    scopes,
    async close() {
      server.kill('SIGKILL');
      await ended;
      for (const { server: open } of [tokens, narrow]) {
        open.close();
        open.closeAllConnections();
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
  for (let tries = 0; !(await answers(port, ca)); tries++) {
    if (tries === startTries || server.exitCode !== null) throw new Error('distribution does not start');
    await pause(100);
  }
  return distribution;
}

async function listen(server: Server): Promise<{ readonly server: Server; readonly port: number }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

/** Signs what is asked for, for the one user there is (distribution, docs/spec/auth/token.md). */
async function tokenService(ca: Authority, scopes: string[]): Promise<Parameters<typeof createServer>[1]> {
  const signer = await ca.issue('token.test');
  const x5c = [signer.cert.replaceAll(/-----[A-Z ]+-----|\s/g, '')];
  return (request, response) => {
    const login = parseBasic(request.headers.authorization);
    if (login?.username !== user || login.password !== password) {
      response.writeHead(401).end();
      return;
    }
    const asked = new URL(request.url ?? '', 'https://localhost').searchParams.getAll('scope');
    scopes.push(...asked);
    const access = asked.map((scope) => {
      const [type, name, actions = ''] = scope.split(':');
      return { type, name, actions: actions.split(',') };
    });
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: 'test',
      aud: 'test',
      sub: user,
      iat: now,
      nbf: now - 5,
      exp: now + 300,
      jti: randomUUID(),
    };
    const parts = [
      { typ: 'JWT', alg: 'ES256', x5c },
      { ...claims, access },
    ];
    const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    const signature = createSign('sha256').update(text).sign({ key: signer.key, dsaEncoding: 'ieee-p1363' });
    const body = JSON.stringify({ token: `${text}.${signature.toString('base64url')}`, expires_in: 300 });
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  };
}

/** What nginx with `client_max_body_size` does before a registry. */
function narrowDoor(tls: { cert: string; key: string }, ca: Authority, port: number, limit: number): Server {
  return createServer(tls, (request, response) => {
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    const { method, url: path, headers } = request;
    const options = {
      host: '127.0.0.1',
      servername: 'localhost',
      port,
      method,
      path,
      headers,
      ca: ca.certificate,
    };
    const onward = httpsRequest(options, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
}

async function answers(port: number, ca: Authority): Promise<boolean> {
  return await new Promise((resolve) => {
    const options = { host: '127.0.0.1', servername: 'localhost', port, path: '/v2/', ca: ca.certificate };
    const asking = httpsRequest(options, (reply) => {
      reply.resume();
      resolve(reply.statusCode === 401);
    });
    asking.on('error', () => resolve(false));
    asking.end();
  });
}

import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request as requestHttps, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiRule } from '../file/index.ts';
import { concerns, isWrite, readApiRequest, type ApiRequest } from './api-request.ts';
import { Counter } from './counter.ts';
import { sendRefusal } from './refusal.ts';

type PemPair = { readonly cert: string; readonly key: string };

export type ApiProxyOptions = {
  /** Where it listens; any free port. */
  readonly address: string;
  readonly certificate: PemPair;
  /** The real API server, and who asks it when the client brings no token. */
  readonly server: string;
  readonly ca: Buffer;
  readonly client: { readonly cert: Buffer; readonly key: Buffer };
};

/** A request as it went; status 0: it got no answer. */
export type ApiRecord = ApiRequest & { readonly status: number };

/** Stands between pullmend and the API server: hands requests on, unless a rule says otherwise, and counts them. */
export type ApiProxy = {
  readonly url: string;
  readonly log: readonly ApiRecord[];
  /** Writes that were handed on. */
  readonly writes: () => number;
  /** Rules from now on; who was gone is back. */
  setRules(rules: readonly ApiRule[]): Promise<void>;
  close(): Promise<void>;
};

export async function startApiProxy(options: ApiProxyOptions): Promise<ApiProxy> {
  const proxy = new Proxy(options);
  await proxy.listen(0);
  return proxy;
}

class Proxy implements ApiProxy {
  readonly log: ApiRecord[] = [];
  readonly #options: ApiProxyOptions;
  readonly #sockets = new Set<Socket>();
  readonly #withToken: Agent;
  readonly #asAdmin: Agent;
  #server: Server | undefined;
  #port = 0;
  #rules: readonly { readonly rule: ApiRule; readonly counter: Counter }[] = [];

  constructor(options: ApiProxyOptions) {
    this.#options = options;
    this.#withToken = new Agent({ ca: options.ca, keepAlive: true });
    this.#asAdmin = new Agent({ ca: options.ca, ...options.client, keepAlive: true });
  }

  get url(): string {
    return `https://${this.#options.address}:${this.#port}`;
  }

  readonly writes = (): number => this.log.filter((record) => isWrite(record) && record.status > 0).length;

  async setRules(rules: readonly ApiRule[]): Promise<void> {
    this.#rules = rules.map((rule) => ({ rule, counter: new Counter(rule) }));
    if (this.#server === undefined) await this.listen(this.#port);
  }

  async listen(port: number): Promise<void> {
    const { address, certificate } = this.#options;
    const server = createServer({ ...certificate }, (request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    });
    server.on('upgrade', (request: IncomingMessage, socket: Socket) => this.#upgrade(request, socket));
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    server.listen(port, address);
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async close(): Promise<void> {
    this.#vanish();
    this.#withToken.destroy();
    this.#asAdmin.destroy();
  }

  /** From here on connections are refused. */
  #vanish(): void {
    this.#server?.close();
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const { method = 'GET', url = '/' } = request;
    const asked = readApiRequest(method, url, body.toString('utf8'));
    const record = { ...asked, status: 0 };
    this.log.push(record);
    const action = this.#ruleFor(asked)?.do;
    if (action === 'cut') return void request.socket.destroy();
    if (action === 'gone') return this.#vanish();
    if (typeof action === 'object' && 'status' in action) {
      record.status = action.status;
      return sendRefusal(response, asked, action);
    }
    if (typeof action === 'object') await sleep(action.delay * 1000);
    // Who waits no longer is no reason to do it.
    if (response.destroyed) return;
    const reply = await this.#handOn(request, body);
    record.status = reply.statusCode ?? 0;
    if (action === 'lose-answer') {
      await buffer(reply);
      return void request.socket.destroy();
    }
    response.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(response);
    reply.on('error', () => response.destroy());
    response.on('close', () => reply.destroy());
    if (action === 'gone-after') response.on('finish', () => setTimeout(() => this.#vanish(), FLUSH_MS));
  }

  #ruleFor(asked: ApiRequest): ApiRule | undefined {
    return this.#rules.find(({ rule, counter }) => concerns(rule, asked) && counter.meets())?.rule;
  }

  async #handOn(request: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    const outgoing = this.#open(request);
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    outgoing.on('response', resolve).on('error', reject);
    outgoing.end(body);
    return promise;
  }

  #open({ method, url = '/', headers }: IncomingMessage): ReturnType<typeof requestHttps> {
    const agent = headers.authorization === undefined ? this.#asAdmin : this.#withToken;
    const { host: _host, connection, ...rest } = headers;
    const kept = headers.upgrade === undefined ? rest : { ...rest, connection };
    return requestHttps(this.#options.server + url, { method, agent, headers: kept });
  }

  /** Exec and port forwarding: bytes go both ways. */
  #upgrade(request: IncomingMessage, socket: Socket): void {
    const outgoing = this.#open(request);
    outgoing.on('error', () => socket.destroy());
    outgoing.on('response', (reply) => {
      socket.end(`HTTP/1.1 ${reply.statusCode} ${reply.statusMessage}\r\nconnection: close\r\n\r\n`);
    });
    outgoing.on('upgrade', (reply, upstream: Socket, head) => {
      const lines = Object.entries(reply.headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`);
      socket.write(head);
      upstream.pipe(socket).pipe(upstream);
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    outgoing.end();
  }
}

/** Time for the last answer to leave before all connections are cut. */
const FLUSH_MS = 20;

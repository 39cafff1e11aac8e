import { once } from 'node:events';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { HostState } from '../api.ts';
import type { KeyPair } from './authority.ts';
import type { Blackhole } from './blackhole.ts';

export type GateCertificates = {
  readonly valid: KeyPair;
  readonly expired: KeyPair;
  readonly wrongName: KeyPair;
};

export type GateOptions = {
  readonly address: string;
  /** 0 for any free port; the gate keeps the one it got. */
  readonly port: number;
  /** Without it the gate speaks plain HTTP. */
  readonly certificates?: GateCertificates;
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  readonly blackhole: Blackhole;
};

/**
 * The listener of one host. TCP is accepted here and handed to the HTTP server above it, so that a connection can be
 * refused, reset or left unanswered at each of its layers.
 */
export class Gate {
  readonly #options: GateOptions;
  readonly #http: HttpServer | HttpsServer;
  readonly #sockets = new Map<string, Socket>();
  #tcp: Server | undefined;
  #port: number;
  #state: HostState = 'up';

  constructor(options: GateOptions) {
    this.#options = options;
    this.#port = options.port;
    const { certificates } = options;
    this.#http =
      certificates === undefined ? createHttpServer() : createHttpsServer({ ...certificates.valid });
    this.#http.on('request', (request, response) => this.#answer(request, response));
    // A client that gives up on the handshake is what some states are for.
    this.#http.on('tlsClientError', (_error: Error, socket: Socket) => socket.destroy());
  }

  get state(): HostState {
    return this.#state;
  }

  get port(): number {
    return this.#port;
  }

  /** Rejects when the address cannot be bound. */
  async open(): Promise<void> {
    if (this.#tcp !== undefined) return;
    const tcp = createServer((socket) => this.#accept(socket));
    tcp.listen(this.#port, this.#options.address);
    await once(tcp, 'listening');
    this.#port = (tcp.address() as AddressInfo).port;
    this.#tcp = tcp;
  }

  /** Resolves when the state is in force. Connections that are open are cut: they would not see it. */
  async setState(state: HostState): Promise<void> {
    const { address, blackhole } = this.#options;
    if (this.#state === 'hang' && state !== 'hang') await blackhole.release(address);
    if (state === 'hang' && this.#state !== 'hang') await blackhole.swallow(address);
    this.#useCertificate(state);
    this.#state = state;
    if (state === 'refuse') await this.#stopListening();
    else await this.open();
    this.#cutConnections();
  }

  /** Ends the connection under a request with a TCP reset, as a broken network would. */
  reset(request: IncomingMessage): void {
    this.#sockets.get(peerOf(request.socket))?.resetAndDestroy();
  }

  async close(): Promise<void> {
    await this.#stopListening();
    this.#cutConnections();
  }

  #accept(socket: Socket): void {
    if (this.#state === 'reset') return void socket.resetAndDestroy();
    const peer = peerOf(socket);
    this.#sockets.set(peer, socket);
    socket.on('close', () => this.#sockets.delete(peer));
    socket.on('error', () => socket.destroy());
    this.#http.emit('connection', socket);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    if (this.#state !== 'hang-http') return this.#options.handler(request, response);
  }

  #useCertificate(state: HostState): void {
    const { certificates } = this.#options;
    if (certificates === undefined || !('setSecureContext' in this.#http)) return;
    const { valid, expired, wrongName } = certificates;
    const byState: Partial<Record<HostState, KeyPair>> = {
      'tls-expired': expired,
      'tls-wrong-name': wrongName,
    };
    this.#http.setSecureContext(byState[state] ?? valid);
  }

  async #stopListening(): Promise<void> {
    const tcp = this.#tcp;
    if (tcp === undefined) return;
    this.#tcp = undefined;
    const closed = new Promise<void>((resolve) => tcp.close(() => resolve()));
    this.#cutConnections();
    await closed;
  }

  #cutConnections(): void {
    for (const socket of this.#sockets.values()) socket.destroy();
  }
}

/** The TLS socket of a request and the TCP socket below it have the same peer. */
function peerOf(socket: Socket): string {
  return `${socket.remoteAddress}:${socket.remotePort}`;
}

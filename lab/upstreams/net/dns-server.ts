import {
  decode,
  encode,
  type Packet,
  type Question,
  RECURSION_DESIRED,
  streamDecode,
  streamEncode,
} from 'dns-packet';
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** What is known of a name: its address, or how the server fails for it. */
export type DnsAnswer = { readonly address: string } | 'nxdomain' | 'servfail';

export type DnsServer = {
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
};

/** Response codes, RFC 1035 §4.1.1. */
const RCODE = { ok: 0, servfail: 2, nxdomain: 3 } as const;
/** A changed state must be seen at once, so nobody may keep an answer. */
const TTL_SECONDS = 0;

/** Answers A questions over UDP and TCP; other types of a name that exists get an empty answer. */
export async function startDnsServer(
  address: string,
  port: number,
  lookup: (name: string) => DnsAnswer,
): Promise<DnsServer> {
  const udp = createSocket('udp4');
  udp.on('message', (message, peer) => {
    const reply = answer(message, lookup);
    if (reply !== undefined) udp.send(encode(reply), peer.port, peer.address);
  });
  udp.bind(port, address);
  await once(udp, 'listening');
  const bound = udp.address().port;
  const connections = new Set<Socket>();
  const tcp = createServer((socket) => serveTcp(socket, connections, lookup));
  tcp.listen(bound, address);
  await once(tcp, 'listening');
  return { address, port: (tcp.address() as AddressInfo).port, close: () => closeAll(udp, tcp, connections) };
}

function answer(message: Buffer, lookup: (name: string) => DnsAnswer): Packet | undefined {
  let query: Packet;
  try {
    query = decode(message);
  } catch {
    return undefined;
  }
  return query.type === 'query' ? replyTo(query, lookup) : undefined;
}

function replyTo(query: Packet, lookup: (name: string) => DnsAnswer): Packet {
  const questions = query.questions ?? [];
  const [question] = questions;
  const found = question === undefined ? 'servfail' : lookup(question.name.toLowerCase());
  const rcode = typeof found === 'string' ? RCODE[found] : RCODE.ok;
  return {
    type: 'response',
    id: query.id ?? 0,
    // "Authoritative" and "recursion available", so that stub resolvers take it as final; the code is in the low bits.
    flags: 0x0400 | 0x0080 | ((query.flags ?? 0) & RECURSION_DESIRED) | rcode,
    questions,
    answers: typeof found === 'string' ? [] : answersTo(question, found.address),
  };
}

function answersTo(question: Question | undefined, address: string): Packet['answers'] {
  if (question?.type !== 'A') return [];
  return [{ type: 'A', class: 'IN', name: question.name, ttl: TTL_SECONDS, data: address }];
}

/** DNS over TCP: each message after its length in two bytes (RFC 1035 §4.2.2). */
function serveTcp(socket: Socket, connections: Set<Socket>, lookup: (name: string) => DnsAnswer): void {
  connections.add(socket);
  let received = Buffer.alloc(0);
  socket.on('close', () => connections.delete(socket));
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      const end = 2 + received.readUInt16BE(0);
      const reply = decodeTcp(received.subarray(0, end), lookup);
      received = received.subarray(end);
      if (reply === undefined) return void socket.destroy();
      socket.write(streamEncode(reply));
    }
  });
}

function decodeTcp(message: Buffer, lookup: (name: string) => DnsAnswer): Packet | undefined {
  try {
    return replyTo(streamDecode(message), lookup);
  } catch {
    return undefined;
  }
}

async function closeAll(udp: UdpSocket, tcp: Server, connections: Set<Socket>): Promise<void> {
  for (const socket of connections) socket.destroy();
  await Promise.all([
    new Promise<void>((resolve) => udp.close(resolve)),
    new Promise<void>((resolve) => tcp.close(() => resolve())),
  ]);
}

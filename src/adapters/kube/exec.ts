import { setTimeout as sleep } from 'node:timers/promises';
import { ping, type WebSocket } from 'undici';
import { PullmendError } from '../../core/base/index.ts';
import { asObjects, dig, digText } from '../../core/knowledge/pods/index.ts';
import { objectName, type Json, type ObjectRef } from '../../core/model/index.ts';
import { podPath } from './pod-path.ts';
import type { Transport } from './transport.ts';

export type ExecCall = {
  readonly command: readonly string[];
  /**
   * For its standard input, which is not closed after it: the command must know its end. A stream is read only as fast
   * as the connection takes it, and no further once the command has ended.
   */
  readonly input: string | AsyncIterable<Uint8Array>;
  readonly timeoutSeconds: number;
  /**
   * A line of this and the exit code, at the end of both outputs, ends the command: some runtimes (containerd 1.6) tell
   * no end while input waits that nobody reads. It is cut off.
   */
  readonly endMark?: string | undefined;
  /** Default 4 MiB. */
  readonly maxOutputBytes?: number | undefined;
  readonly signal?: AbortSignal;
};

export type ExecResult = { readonly stdout: string; readonly stderr: string; readonly exit: number };

/** WebSocket form of the remote command protocol that every supported version speaks (kubelet, cri/streaming). */
const protocol = 'v4.channel.k8s.io';
const channel = { stdin: 0, stdout: 1, stderr: 2, status: 3 } as const;

/** What a survey of a node prints is a hundredth of it. */
const usualOutputBytes = 4 * 1024 * 1024;

/** Larger frames are cut off by some servers (client-java#2309). */
const frameBytes = 32 * 1024;
/** Frames that wait here for the connection; enough for a long line, little memory with many nodes. */
const maxWaitingBytes = 512 * 1024;
const drainMs = 4;
/** Load balancers end what has been silent for a minute. */
const pingMs = 20_000;

/**
 * Runs a command in the first container of a pod. Errors: PM_EXEC_FAILED; what the stream of its input throws; the
 * reason of the signal.
 */
export async function exec(transport: Transport, pod: ObjectRef, call: ExecCall): Promise<ExecResult> {
  const query = new URLSearchParams({ stdin: 'true', stdout: 'true', stderr: 'true' });
  for (const word of call.command) query.append('command', word);
  const socket = transport.openSocket(`${podPath(pod)}/exec`, query, protocol);
  socket.binaryType = 'arraybuffer';
  const timeout = AbortSignal.timeout(call.timeoutSeconds * 1000);
  const ends = call.signal === undefined ? timeout : AbortSignal.any([call.signal, timeout]);
  const { maxOutputBytes = usualOutputBytes } = call;
  const { promise, resolve, reject } = Promise.withResolvers<ExecResult>();
  const fail = (reason: string): void =>
    reject(new PullmendError('PM_EXEC_FAILED', { pod: objectName(pod), reason }));
  const output = { [channel.stdout]: [] as Buffer[], [channel.stderr]: [] as Buffer[] };
  let size = 0;
  const stop = (): void =>
    call.signal?.aborted === true ? reject(call.signal.reason) : fail('no end in time');
  ends.addEventListener('abort', stop, { once: true });
  socket.addEventListener('open', () => void feed(socket, call.input).catch(reject));
  const alive = setInterval(() => socket.readyState === socket.OPEN && ping(socket), pingMs);
  socket.addEventListener('message', ({ data }) => {
    const frame = Buffer.from(data as ArrayBuffer);
    const [from, body] = [frame[0], frame.subarray(1)];
    size += body.length;
    if (size > maxOutputBytes) fail('it prints too much');
    else if (from === channel.stdout || from === channel.stderr) {
      output[from].push(body);
      const marked = markedEnd(output[channel.stdout], output[channel.stderr], call.endMark);
      if (marked !== undefined) resolve(marked);
    } else if (from === channel.status) {
      const exit = exitOf(body.toString('utf8'));
      if (typeof exit === 'string') fail(exit);
      else resolve({ stdout: text(output[channel.stdout]), stderr: text(output[channel.stderr]), exit });
    }
  });
  socket.addEventListener('error', ({ message }) => fail(message || 'the connection was refused'));
  socket.addEventListener('close', () => fail('the connection was closed'));
  try {
    return await promise;
  } finally {
    clearInterval(alive);
    ends.removeEventListener('abort', stop);
    socket.close();
  }
}

/** Longer than a mark with its exit code. */
const markTail = 200;

/** The result, once both outputs end with the mark. */
function markedEnd(
  stdout: readonly Buffer[],
  stderr: readonly Buffer[],
  mark: string | undefined,
): ExecResult | undefined {
  if (mark === undefined || !endsWith(stdout, mark) || !endsWith(stderr, mark)) return undefined;
  const [out, err] = [text(stdout), text(stderr)];
  const at = out.lastIndexOf(`\n${mark} `);
  const exit = Number(out.slice(at + mark.length + 2));
  return { stdout: out.slice(0, at), stderr: err.slice(0, err.lastIndexOf(`\n${mark} `)), exit };
}

function endsWith(chunks: readonly Buffer[], mark: string): boolean {
  if (chunks.at(-1)?.at(-1) !== 10) return false;
  const last: Buffer[] = [];
  for (let size = 0, at = chunks.length - 1; at >= 0 && size < markTail; at -= 1) {
    const chunk = chunks[at]?.subarray(-markTail) ?? Buffer.alloc(0);
    last.unshift(chunk);
    size += chunk.length;
  }
  const [code = ''] = text(last).split(`\n${mark} `).slice(1);
  return /^\d+\n$/.test(code);
}

/** Sends standard input in frames, and waits for the connection to take them; stops when it is closed. */
async function feed(socket: WebSocket, input: ExecCall['input']): Promise<void> {
  for await (const chunk of typeof input === 'string' ? [Buffer.from(input)] : input) {
    for (let at = 0; at < chunk.length; at += frameBytes) {
      while (socket.readyState === socket.OPEN && socket.bufferedAmount > maxWaitingBytes)
        await sleep(drainMs);
      if (socket.readyState !== socket.OPEN) return;
      socket.send(Buffer.concat([Buffer.of(channel.stdin), chunk.subarray(at, at + frameBytes)]));
    }
  }
}

/** The exit code, from the `Status` that ends the command; a text when it could not be run. */
function exitOf(status: string): number | string {
  let read: Json = {};
  try {
    read = JSON.parse(status) as Json;
  } catch {
    return status.slice(0, 200);
  }
  if (digText(read, 'status') === 'Success') return 0;
  const causes = asObjects(dig(read, 'details', 'causes'));
  const code = causes.find(({ reason }) => reason === 'ExitCode')?.message;
  return typeof code === 'string' ? Number(code) : (digText(read, 'message') ?? 'no reason given');
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

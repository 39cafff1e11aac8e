import { PullmendError } from '../../core/base/index.ts';
import { asObjects, dig, digText } from '../../core/knowledge/pods/index.ts';
import { objectName, type Json, type ObjectRef } from '../../core/model/index.ts';
import { podPath } from './pod-path.ts';
import type { Transport } from './transport.ts';

export type ExecCall = {
  readonly command: readonly string[];
  /** Text for its standard input, which is not closed after it: the command must know its end. */
  readonly input: string;
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal;
};

export type ExecResult = { readonly stdout: string; readonly stderr: string; readonly exit: number };

/** WebSocket form of the remote command protocol that every supported version speaks (kubelet, cri/streaming). */
const protocol = 'v4.channel.k8s.io';
const channel = { stdin: 0, stdout: 1, stderr: 2, status: 3 } as const;

/** What a survey of a node prints is a hundredth of it. */
const maxOutputBytes = 4 * 1024 * 1024;

/** Runs a command in the first container of a pod. Errors: PM_EXEC_FAILED. */
export async function exec(transport: Transport, pod: ObjectRef, call: ExecCall): Promise<ExecResult> {
  const query = new URLSearchParams({ stdin: 'true', stdout: 'true', stderr: 'true' });
  for (const word of call.command) query.append('command', word);
  const socket = transport.openSocket(`${podPath(pod)}/exec`, query, protocol);
  socket.binaryType = 'arraybuffer';
  const timeout = AbortSignal.timeout(call.timeoutSeconds * 1000);
  const ends = call.signal === undefined ? timeout : AbortSignal.any([call.signal, timeout]);
  const { promise, resolve, reject } = Promise.withResolvers<ExecResult>();
  const fail = (reason: string): void =>
    reject(new PullmendError('PM_EXEC_FAILED', { pod: objectName(pod), reason }));
  const output = { [channel.stdout]: [] as Buffer[], [channel.stderr]: [] as Buffer[] };
  let size = 0;
  const stop = (): void =>
    call.signal?.aborted === true ? reject(call.signal.reason) : fail('no end in time');
  ends.addEventListener('abort', stop, { once: true });
  socket.addEventListener('open', () => {
    socket.send(Buffer.concat([Buffer.of(channel.stdin), Buffer.from(call.input)]));
  });
  socket.addEventListener('message', ({ data }) => {
    const frame = Buffer.from(data as ArrayBuffer);
    const [from, body] = [frame[0], frame.subarray(1)];
    size += body.length;
    if (size > maxOutputBytes) fail('it prints too much');
    else if (from === channel.stdout || from === channel.stderr) output[from].push(body);
    else if (from === channel.status) {
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
    ends.removeEventListener('abort', stop);
    socket.close();
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

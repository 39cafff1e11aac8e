import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/** A program that runs to its end, and its bounds. */
export type ChildCommand = {
  readonly path: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** A stream is read only as fast as the program takes it; what it throws ends the program. */
  readonly input?: string | AsyncIterable<Uint8Array> | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number;
  /** Of standard output; more ends the program. */
  readonly maxOutputBytes: number;
  /** Of standard error; more is left out. */
  readonly maxErrorBytes?: number;
};

export type ChildResult = {
  /** -1 for a program that a signal ended. */
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
};

/** The program did not keep its bounds, and was ended. */
export class ChildLimitError extends Error {
  readonly limit: 'time' | 'output';

  constructor(limit: 'time' | 'output') {
    super(limit === 'time' ? 'it did not end in time' : 'it wrote too much');
    this.limit = limit;
  }
}

/** The beginning of a complaint says it. */
const usualErrorBytes = 64 * 1024;
/** A pipe that is still open, and silent for so long after the end, is held by a program that was left behind. */
const leftBehindMs = 300;

const running = new Set<Child>();
type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** However this process ends, except by SIGKILL, it leaves nothing behind. */
process.on('exit', endChildren);

/** Ends everything that was started and still runs. */
function endChildren(): void {
  for (const child of running) endGroup(child);
}

/**
 * Runs a program in a session of its own: whatever it starts ends with it, with the run and with its bounds, and nobody
 * is asked anything on the terminal. Throws ChildLimitError, the reason of the signal, and what the system says of a
 * program that cannot be started.
 */
export async function runChild(command: ChildCommand): Promise<ChildResult> {
  const { path, args, env, input = '', signal, timeoutMs, maxOutputBytes } = command;
  signal?.throwIfAborted();
  const child = spawn(path, args, {
    ...(env === undefined ? {} : { env: { ...env } }),
    stdio: ['pipe', 'pipe', 'pipe'],
    // On Windows it would open a window.
    detached: process.platform !== 'win32',
  });
  running.add(child);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const stop = (reason: unknown): void => {
    endGroup(child);
    child.stdout.destroy();
    child.stderr.destroy();
    reject(reason);
  };
  const timer = setTimeout(() => stop(new ChildLimitError('time')), timeoutMs);
  const onAbort = (): void => stop(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const out = collected(child.stdout, maxOutputBytes, () => stop(new ChildLimitError('output')));
  const err = collected(child.stderr, command.maxErrorBytes ?? usualErrorBytes, () => undefined);
  let left: NodeJS.Timeout | undefined;
  const untilSilent = (code: number | null): void => {
    const before = out.length();
    // What lies in the pipe already is read between the timer and the immediate, however busy this process was.
    left = setTimeout(() => {
      setImmediate(() => (out.length() === before ? resolve(code ?? -1) : untilSilent(code)));
    }, leftBehindMs);
  };
  child.on('error', reject);
  child.on('exit', untilSilent);
  child.on('close', (code) => resolve(code ?? -1));
  // A program that fails early does not read its input.
  child.stdin.on('error', () => undefined);
  if (typeof input === 'string') child.stdin.end(input);
  else void fed(child.stdin, input).catch(stop);
  try {
    const exit = await promise;
    return { exit, stdout: out.text(), stderr: err.text() };
  } finally {
    clearTimeout(timer);
    clearTimeout(left);
    signal?.removeEventListener('abort', onAbort);
    endGroup(child);
    running.delete(child);
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  }
}

/** Writes a stream, for as long as the program reads; throws what the stream throws. */
async function fed(stdin: Writable, input: AsyncIterable<Uint8Array>): Promise<void> {
  const closed = once(stdin, 'close').catch(() => undefined);
  for await (const chunk of input) {
    if (stdin.destroyed) return;
    if (!stdin.write(chunk)) await Promise.race([once(stdin, 'drain').catch(() => undefined), closed]);
  }
  stdin.end();
}

/** Gives what was written, up to the bound. */
function collected(stream: Readable, most: number, tooMuch: () => void) {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on('data', (chunk: Buffer) => {
    if (length + chunk.length <= most) chunks.push(chunk);
    else if (length <= most) tooMuch();
    length += chunk.length;
  });
  stream.on('error', () => undefined);
  return { length: () => length, text: () => Buffer.concat(chunks).toString('utf8') };
}

/** The program and whatever of its session is still there. */
function endGroup(child: Child): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}

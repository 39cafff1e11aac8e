import { spawn } from 'node:child_process';
import type { Invocation } from '../../cluster/index.ts';

export type Finished = {
  readonly exit: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
};

/** A program that runs; `output` is what it has said so far. */
export type Running = {
  readonly output: () => { readonly stdout: string; readonly stderr: string };
  readonly finished: Promise<Finished>;
  readonly kill: (signal: NodeJS.Signals) => void;
};

export type StartOptions = { readonly input?: string; readonly signal?: AbortSignal };

/** More than any scenario says; a program that babbles is cut, not the runner. */
const MAX_OUTPUT = 16 * 1024 * 1024;

/** Starts a program of the lab with its stdin closed (or holding `input`). It never sees a terminal. */
export function start({ command, args }: Invocation, options: StartOptions = {}): Running {
  const began = performance.now();
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    signal: options.signal,
    killSignal: 'SIGKILL',
  });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      if (said[stream].length < MAX_OUTPUT) said[stream] += chunk;
    });
  }
  // A program that ends without reading its input is not the runner's trouble.
  child.stdin.on('error', () => {});
  child.stdin.end(options.input);
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve({
        exit: code ?? undefined,
        signal: signal ?? undefined,
        ...said,
        seconds: (performance.now() - began) / 1000,
      }),
    );
  });
  // Nobody may be waiting yet when an aborted program ends.
  finished.catch(() => {});
  return { output: () => ({ ...said }), finished, kill: (name) => void child.kill(name) };
}

/** Runs a helper program to its end. Throws an Error with its stderr when it fails. */
export async function runToEnd(invocation: Invocation, options: StartOptions = {}): Promise<string> {
  const { exit, stdout, stderr } = await start(invocation, options).finished;
  if (exit !== 0)
    throw new Error(`${invocation.args.slice(-6).join(' ')}: ${stderr.trim() || `exit ${exit}`}`);
  return stdout;
}

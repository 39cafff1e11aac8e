import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

export type Measure = { readonly seconds: number; readonly megabytes: number };

/** How often the peak is read, in milliseconds: the kernel's figure dies with the process. */
const interval = 10;

/** Runs a command to its end, its output thrown away; the memory is the peak that the kernel counted (VmHWM). */
export async function measure(
  command: string,
  args: readonly string[],
  exits: readonly number[],
  env: Readonly<Record<string, string>> = {},
): Promise<Measure> {
  const started = performance.now();
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
  });
  let megabytes = 0;
  const watch = setInterval(() => {
    void readFile(`/proc/${child.pid}/status`, 'utf8').then(
      (status) => {
        megabytes = Math.max(megabytes, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
      },
      () => {},
    );
  }, interval);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(watch);
  if (!exits.includes(code ?? -1)) throw new Error(`${command} ended with ${code}`);
  return { seconds: (performance.now() - started) / 1000, megabytes };
}

export function medianOf(all: readonly Measure[], pick: (one: Measure) => number): number {
  return all.map(pick).toSorted((a, b) => a - b)[all.length >> 1] ?? 0;
}

import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError, tailOf } from '../error.ts';
import { labPaths } from '../paths.ts';
import type { Invocation } from './command.ts';
import { OWNER_VARIABLE } from './owner.ts';
import { SYSTEM_PATH } from './packages.ts';
import { identify, isAlive } from './procfs.ts';

/** A long-running program that this process has started. */
export type Daemon = {
  readonly name: string;
  readonly pid: number;
  readonly log: string;
  /** How it ended, once it has. */
  readonly ending: () => string | undefined;
};

/** What is on file about a daemon, whoever started it. */
export type DaemonRecord = {
  readonly name: string;
  readonly pid: number;
  readonly alive: boolean;
  readonly log: string;
};

/** Holds the pid and the start time, so that a later process of that number is not taken for it. */
const PID_FILE = '.pid';
const POLL_MS = 100;

/**
 * Starts a program that outlives this process, with its output in `log/NAME.log`.
 * Its environment holds nothing of the caller's: a proxy variable would lead it out of the lab.
 */
export function startDaemon(
  name: string,
  program: Invocation,
  env: Readonly<Record<string, string>> = {},
): Daemon {
  const { runDir, logDir, pidDir } = labPaths();
  const log = logOf(name);
  mkdirSync(logDir, { recursive: true });
  mkdirSync(pidDir, { recursive: true });
  const output = openSync(log, 'a');
  const child = spawn(program.command, program.args, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
    env: { PATH: SYSTEM_PATH, HOME: '/root', [OWNER_VARIABLE]: runDir, ...env },
  });
  closeSync(output);
  let ending: string | undefined;
  child.once('error', (error) => (ending = error.message));
  child.once('exit', (code, signal) => (ending = signal === null ? `exit code ${code}` : `signal ${signal}`));
  child.unref();
  const pid = child.pid ?? 0;
  writeFileSync(join(pidDir, name + PID_FILE), `${pid} ${identify(pid)?.startTime ?? ''}`);
  return { name, pid, log, ending: () => ending };
}

/** The daemons of the lab that is up or was, in order of their names. */
export function daemonRecords(): DaemonRecord[] {
  const { pidDir } = labPaths();
  let files: string[] = [];
  try {
    files = readdirSync(pidDir).toSorted();
  } catch {
    // The lab is down.
  }
  return files.map((file) => {
    const name = basename(file, PID_FILE);
    const [pid = '', startTime = ''] = readFileSync(join(pidDir, file), 'utf8').split(' ');
    return { name, pid: Number(pid), alive: isAlive({ pid: Number(pid), startTime }), log: logOf(name) };
  });
}

function logOf(name: string): string {
  return join(labPaths().logDir, `${name}.log`);
}

type Wait = {
  /** What is waited for, as the error names it. */
  readonly what: string;
  readonly timeoutMs: number;
  /** When one of them ends, waiting is in vain. */
  readonly daemons: readonly Daemon[];
  readonly signal?: AbortSignal | undefined;
};

/**
 * Asks until the answer is yes.
 * Throws LabError with the end of a log when a daemon dies or time is up.
 */
export async function waitUntil(probe: () => Promise<boolean> | boolean, wait: Wait): Promise<void> {
  const deadline = performance.now() + wait.timeoutMs;
  for (;;) {
    wait.signal?.throwIfAborted();
    const dead = wait.daemons.find((daemon) => daemon.ending() !== undefined);
    if (dead) {
      throw new LabError(`${dead.name} died (${dead.ending()})`, tailOf(dead.log));
    }
    if (await probe()) {
      return;
    }
    if (performance.now() > deadline) {
      const logs = wait.daemons.map(({ log }) => tailOf(log)).join('\n\n');
      throw new LabError(`no ${wait.what} within ${wait.timeoutMs / 1000} s`, logs);
    }
    await sleep(POLL_MS);
  }
}

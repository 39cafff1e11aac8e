import { readFileSync, readdirSync, statSync } from 'node:fs';

/**
 * A process that cannot be confused with a later one of the same number:
 * the pid and its start time in clock ticks since boot (proc(5), stat field 22).
 */
type ProcessIdentity = { readonly pid: number; readonly startTime: string };

/** All processes of the machine, without kernel threads being told apart. */
export function listPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** The identity of a live process; undefined when it is gone or a zombie. */
export function identify(pid: number): ProcessIdentity | undefined {
  const stat = parseStat(readProc(pid, 'stat'));
  return stat === undefined || stat.state === 'Z' || stat.state === 'X'
    ? undefined
    : { pid, startTime: stat.startTime };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startTime === identity.startTime;
}

/** A process and its ancestors, nearest first. */
export function lineage(pid: number): number[] {
  const pids: number[] = [];
  for (let at = pid; at > 0 && !pids.includes(at);) {
    pids.push(at);
    at = parseStat(readProc(at, 'stat'))?.parent ?? 0;
  }
  return pids;
}

/** One variable of a process's initial environment. */
export function environmentOf(pid: number, variable: string): string | undefined {
  const prefix = `${variable}=`;
  return readProc(pid, 'environ')
    .split('\0')
    .find((entry) => entry.startsWith(prefix))
    ?.slice(prefix.length);
}

/** A key that is equal for two paths to the same namespace file (namespaces(7)). */
export function namespaceKey(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path);
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

type ProcessStat = { readonly state: string; readonly parent: number; readonly startTime: string };

/** Parses /proc/PID/stat; the command name in it may hold blanks and parentheses. */
export function parseStat(text: string): ProcessStat | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, parent] = fields;
  // Field 22 counted from 1; the slice starts at field 3.
  const startTime = fields[19];
  return state === undefined || startTime === undefined
    ? undefined
    : { state, parent: Number(parent), startTime };
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

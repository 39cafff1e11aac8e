import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { environmentOf, identify, isAlive, lineage, listPids, parseStat } from './procfs.ts';

describe('parseStat', () => {
  test('reads past a command name with blanks and parentheses', () => {
    const numbers = Array.from({ length: 17 }, (_, index) => index + 100).join(' ');
    expect(parseStat(`42 (a) b (c) S 7 ${numbers} 987654 1 2\n`)).toEqual({
      state: 'S',
      parent: 7,
      startTime: '987654',
    });
  });

  test('an empty file is no process', () => {
    expect(parseStat('')).toBeUndefined();
  });
});

describe.skipIf(process.platform !== 'linux')('real processes', () => {
  test('this process has an identity, ancestors and a place in the list', () => {
    const identity = identify(process.pid);
    expect(identity).toBeDefined();
    expect(lineage(process.pid).slice(0, 2)).toEqual([process.pid, process.ppid]);
    expect(listPids()).toContain(process.pid);
  });

  test('a process is found by its environment, and its identity ends with it', async () => {
    const child = spawn('sleep', ['60'], { env: { PATH: process.env['PATH'], LAB_TEST_MARK: 'a=b' } });
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    const identity = identify(pid);
    await expect.poll(() => environmentOf(pid, 'LAB_TEST_MARK')).toBe('a=b');
    expect(environmentOf(pid, 'LAB_TEST')).toBeUndefined();
    expect(identity && isAlive(identity)).toBe(true);
    expect(isAlive({ pid, startTime: '1' })).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(identity && isAlive(identity)).toBe(false);
  });
});

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ChildLimitError, runChild, type ChildCommand } from './index.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-child-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Longer than any test: what is still there when it should not be hangs the test. */
const forever = 'sleep 600';

function shell(script: string, bounds: Partial<ChildCommand> = {}) {
  return runChild({
    path: '/bin/sh',
    args: ['-c', script],
    timeoutMs: 60_000,
    maxOutputBytes: 1024 * 1024,
    ...bounds,
  });
}

/** Resolves when nothing has the number any more; a zombie waits for its parent, and is none. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    if (stat === undefined || /^\d+ \(.*\) Z/s.test(stat)) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const pidIn = async (): Promise<number> => Number(await readFile(join(folder, 'pid'), 'utf8'));
/** A program that the shell starts, and whose number is written down. */
const left = (script: string) => `(${script}) & echo $! > "${folder}/pid"`;

describe.runIf(process.platform === 'linux')('a program and its bounds', () => {
  test('its words and its end are told', async () => {
    expect(await shell('cat; echo out; echo err >&2; exit 3', { input: 'in ' })).toEqual({
      exit: 3,
      stdout: 'in out\n',
      stderr: 'err\n',
    });
  });

  test('one that reads nothing of a large input', async () => {
    expect(await shell('exit 0', { input: 'x'.repeat(4 * 1024 * 1024) })).toMatchObject({ exit: 0 });
  });

  test('one that is not there', async () => {
    const run = runChild({ path: join(folder, 'none'), args: [], timeoutMs: 1000, maxOutputBytes: 1 });
    await expect(run).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('one that a signal ends', async () => {
    expect(await shell('kill -9 $$')).toMatchObject({ exit: -1 });
  });

  test('much output is whole', async () => {
    const { stdout } = await shell('head -c 900000 /dev/zero');
    expect(stdout).toHaveLength(900_000);
  });

  test('one that runs too long ends with all that it started', async () => {
    const run = shell(`${left(forever)}; ${forever}`, { timeoutMs: 300 });
    await expect(run).rejects.toMatchObject({ limit: 'time' });
    await gone(await pidIn());
  });

  test('one that writes too much is ended', async () => {
    const run = shell('cat /dev/zero', { maxOutputBytes: 1000 });
    await expect(run).rejects.toBeInstanceOf(ChildLimitError);
  });

  test('one that complains too much is not', async () => {
    const { exit, stderr } = await shell('head -c 900000 /dev/zero >&2', { maxErrorBytes: 200_000 });
    expect(exit).toBe(0);
    expect(stderr.length).toBeLessThanOrEqual(200_000);
  });

  test('what it leaves behind keeps its pipe, and is ended', async () => {
    expect(await shell(`${left(forever)}; echo done`)).toMatchObject({ exit: 0, stdout: 'done\n' });
    await gone(await pidIn());
  });

  test('what leaves its session keeps the pipe, and holds nobody up', async () => {
    const { stdout } = await shell(`setsid sh -c 'echo $$ > "${folder}/pid"; exec ${forever}' & echo done`);
    expect(stdout).toBe('done\n');
    process.kill(await pidIn());
  });

  test('it ends with the signal', async () => {
    const stop = new AbortController();
    const run = shell(`${left(forever)}; ${forever}`, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('stopped')), 200);
    await expect(run).rejects.toThrow('stopped');
    await gone(await pidIn());
  });

  test('nobody is asked on the terminal', async () => {
    expect((await shell('exec 2>/dev/null; : </dev/tty')).exit).not.toBe(0);
  });

  test('it ends with the process that started it', async () => {
    const module = join(import.meta.dirname, 'index.ts');
    const script = `
      const { runChild } = await import(${JSON.stringify(module)});
      void runChild({ path: '/bin/sh', args: ['-c', ${JSON.stringify(`${left(forever)}; ${forever}`)}], timeoutMs: 1e6, maxOutputBytes: 1 });
      setTimeout(() => process.exit(0), 500);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
    await once(parent, 'exit');
    await gone(await pidIn());
  });
});

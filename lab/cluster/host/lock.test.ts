import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { withLock } from './lock.ts';

const lockModule = new URL('./lock.ts', import.meta.url).href;
let counter = 0;

/** Tests of several runs on one machine must not wait for each other. */
function uniqueName(): string {
  counter += 1;
  return `pullmend-lock-test-${process.pid}-${counter}`;
}

describe.skipIf(process.platform !== 'linux')('withLock', () => {
  test('the second waits for the first and says so once', async () => {
    const name = uniqueName();
    const release = Promise.withResolvers<void>();
    const waiting = Promise.withResolvers<void>();
    const order: string[] = [];
    const first = withLock(name, {}, async () => {
      await release.promise;
      order.push('first');
    });
    const second = withLock(name, { onWait: waiting.resolve }, async () => {
      order.push('second');
    });
    await waiting.promise;
    release.resolve();
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
  });

  test('it is free again after an error', async () => {
    const name = uniqueName();
    await expect(withLock(name, {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(withLock(name, {}, async () => 'yes')).resolves.toBe('yes');
  });

  test('waiting can be given up', async () => {
    const name = uniqueName();
    const controller = new AbortController();
    await withLock(name, {}, async () => {
      const options = { signal: controller.signal, onWait: () => controller.abort() };
      await expect(withLock(name, options, async () => 'never')).rejects.toThrow();
    });
  });

  test('kill -9 of the holder frees it', async () => {
    const name = uniqueName();
    const program = `
      const { withLock } = await import(${JSON.stringify(lockModule)});
      await withLock(${JSON.stringify(name)}, {}, () => new Promise(() => console.log('held')));`;
    const holder = spawn(process.execPath, ['--input-type=module', '--eval', program]);
    await once(holder.stdout, 'data');
    const waiting = Promise.withResolvers<void>();
    const work = withLock(name, { onWait: waiting.resolve }, async () => 'mine');
    await waiting.promise;
    holder.kill('SIGKILL');
    await expect(work).resolves.toBe('mine');
  });
});

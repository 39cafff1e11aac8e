import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_MS = 200;

type LockOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Called once when another process holds the lock. */
  readonly onWait?: () => void;
};

/**
 * Runs work that no other process on this machine may do at the same time.
 * The lock is an abstract Unix socket (unix(7)): the kernel frees it when its holder
 * dies, however it dies, and no file is left behind.
 */
export async function withLock<T>(name: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  let held = await tryAcquire(name);
  if (held === undefined) {
    options.onWait?.();
  }
  while (held === undefined) {
    await sleep(RETRY_MS, undefined, { signal: options.signal });
    held = await tryAcquire(name);
  }
  try {
    return await work();
  } finally {
    held.close();
  }
}

function tryAcquire(name: string): Promise<Server | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Server | undefined>();
  const server = createServer((socket) => socket.destroy());
  server.once('error', (error: NodeJS.ErrnoException) =>
    error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
  );
  server.listen({ path: `\0${name}` }, () => resolve(server));
  return promise;
}
